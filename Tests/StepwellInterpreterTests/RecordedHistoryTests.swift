import Foundation
import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellLanguage
import Testing

/// Histories recorded from AWS against what the interpreter makes of the same definition and
/// input: event types, ids and what each hangs below, outputs, errors and causes.
@Suite("Recorded histories")
struct RecordedHistoryTests {
    static let folder: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let shared = ProcessInfo.processInfo.environment["STEPWELL_SHARED"]
        return (shared.map { URL(filePath: $0) } ?? root.appending(path: "../shared"))
            .appending(path: "conformance/cases").path
    }()

    static let isPresent = FileManager.default.fileExists(atPath: folder)

    static let cases: [RecordedCase] = RecordedCase.load(from: folder)

    @Test("pure JSONPath cases", .enabled(if: isPresent), arguments: cases)
    func history(_ recorded: RecordedCase) throws {
        var driver = try Driver(recorded.definition)
        try driver.start(recorded.input)
        try driver.run()
        #expect(try driver.replayed() == nil)
        let actual = driver.events.map { event in
            "\(event.id) \(event.previousEventID) "
                + event.typeName.prefix { $0 != " " }
        }
        #expect(actual == recorded.events, "\(recorded.id)")
        if let output = recorded.output, let actual = driver.state.output {
            #expect(try JSONParser.parse(actual.text) == output)
        }
        if let cause = recorded.cause { #expect(driver.state.failure?.cause == cause) }
        if let error = recorded.error { #expect(driver.state.failure?.error == error) }
    }
}

/// One recorded execution of a case that needs nothing outside the engine.
struct RecordedCase: Sendable, CustomTestStringConvertible {
    let id: String
    let definition: String
    let input: String
    let events: [String]
    var output: JSONValue?
    var error: String?
    var cause: String?

    var testDescription: String { id }

    static func load(from folder: String) -> [RecordedCase] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        return (names ?? []).filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
            guard let data = FileManager.default.contents(atPath: folder + "/" + name),
                let value = try? JSONParser.parse([UInt8](data)),
                let text = String(data: data, encoding: .utf8),
                !text.contains("JSONata"), !text.contains("DISTRIBUTED"), !text.contains("EXPRESS")
            else { return nil }
            return RecordedCase(value)
        }
    }

    private init?(_ value: JSONValue) {
        guard value["kind"] == .string("execution"), case .array(let needs)? = value["needs"],
            needs.isEmpty, value["concurrent"] != .bool(true), value["normalize"] == nil,
            case .string(let id)? = value["id"],
            case .array(let steps)? = value["steps"], steps.count == 4,
            let definition = steps[0]["params"]?["definition"]?["$json"],
            let input = steps[1]["params"]?["input"]?["$json"],
            // Times to come are filled in by the runner that asks a server.
            !JSONWriter.string(input).contains("${now"),
            steps[3]["op"] == .string("GetExecutionHistory"),
            case .array(let expectations)? = steps[3]["expect"],
            case .array(let events)? = expectations.first?["value"]?["events"]
        else { return nil }
        self.id = id
        self.definition = JSONWriter.string(definition)
        self.input = JSONWriter.string(input)
        self.events = events.map { event in
            let type = if case .string(let type)? = event["type"] { type } else { "?" }
            return "\(Self.number(event["id"])) \(Self.number(event["previousEventId"])) \(type)"
        }
        if let failed = events.last?["executionFailedEventDetails"] {
            error = Self.text(failed["error"])
            cause = Self.text(failed["cause"])
        }
        if let output = events.last?["executionSucceededEventDetails"]?["output"],
            !Self.holdsPlaceholder(output, of: value)
        {
            if case .string(let text) = output {
                self.output = (try? JSONParser.parse(text)) ?? output
            } else {
                self.output = output
            }
        }
    }

    /// Whether a recorded value stands for another, by the case's own list or the runner's.
    private static func holdsPlaceholder(_ output: JSONValue, of recorded: JSONValue) -> Bool {
        var placeholders = ["<", "\"date\""]
        if case .array(let exact)? = recorded["placeholders"]?["exact"] {
            placeholders += exact.map(JSONWriter.string)
        }
        let text = JSONWriter.string(output)
        return placeholders.contains { text.contains($0) }
    }

    private static func number(_ value: JSONValue?) -> Int64 {
        if case .number(let number)? = value { number.integer ?? -1 } else { -1 }
    }

    private static func text(_ value: JSONValue?) -> String? {
        guard case .string(let text)? = value, !text.contains("<") else { return nil }
        return text
    }
}

extension JSONValue {
    subscript(_ key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }
}
