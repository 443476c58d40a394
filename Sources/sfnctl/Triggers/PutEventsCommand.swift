import ArgumentParser
import StepwellJSON

/// `sfnctl triggers put-events`: sends events.
struct PutEventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put-events",
        abstract: "Send events to an event bus.",
        discussion: """
            Either one event by its parts, or entries in the form of PutEvents: a JSON array, in a \
            file or on standard input. More than ten are sent in groups.

            EXAMPLES
              sfnctl triggers put-events --source shop --detail-type Order --detail '{}'
              sfnctl triggers put-events --entries entries.json --bus orders

            EXIT STATUS
              0 all were taken · 1 some were not · 64 usage · 65 bad input data
              69 no server can be reached
            """
    )

    @Option(help: "Where the event comes from.")
    var source: String?

    @Option(help: "What the event is called.")
    var detailType: String?

    @Option(help: "What the event says: JSON, a file, or - for standard input.")
    var detail: String?

    @Option(help: "Entries of PutEvents, as a JSON array: JSON, a file, or -.")
    var entries: String?

    @Option(help: "The event bus; default.")
    var bus: String?

    @OptionGroup
    var server: TriggersServer

    func validate() throws {
        let parts = [source, detailType, detail].compactMap { $0 }.count
        guard entries == nil ? parts == 3 : parts == 0 else {
            throw ValidationError(
                "give --source, --detail-type and --detail, or --entries"
            )
        }
    }

    func run() async throws {
        try await reporting {
            var results: [JSONValue] = []
            let all = try given()
            let client = try server.client()
            for start in stride(from: 0, to: all.count, by: 10) {
                let group = Array(all[start..<min(start + 10, all.count)])
                let answer = try await client.call(
                    "PutEvents",
                    ["Entries": .array(group)],
                    of: .events
                )
                results += answer["Entries"]?.arrayValue ?? []
            }
            let failures = results.filter { $0["EventId"] == nil }
            server.show(["entries": .array(results)]) {
                for result in results {
                    if let id = result["EventId"]?.stringValue {
                        Terminal.line(id)
                    } else {
                        let code = result["ErrorCode"]?.stringValue ?? ""
                        Terminal.note("\(code): \(result["ErrorMessage"]?.stringValue ?? "")")
                    }
                }
            }
            guard failures.isEmpty else {
                throw CommandFailure(
                    .failed,
                    "\(failures.count) of \(results.count) events were not taken"
                )
            }
        }
    }

    private func given() throws -> [JSONValue] {
        var found: [JSONValue]
        if let entries {
            guard case .array(let values) = try InputText.json(entries).value() else {
                throw CommandFailure(.badInput, "--entries: a JSON array is expected")
            }
            found = values
        } else {
            let text = try InputText.json(detail ?? "")
            found = [
                [
                    "Source": .string(source ?? ""), "DetailType": .string(detailType ?? ""),
                    "Detail": .string(String(decoding: text.bytes, as: UTF8.self)),
                ]
            ]
        }
        guard let bus else { return found }
        found = found.map { entry in
            guard case .object(var members) = entry else { return entry }
            members["EventBusName"] = members["EventBusName"] ?? .string(bus)
            return .object(members)
        }
        return found
    }
}
