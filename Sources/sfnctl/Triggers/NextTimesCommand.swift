import ArgumentParser
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTriggers

/// `sfnctl triggers next`: when a schedule expression is due.
struct NextTimesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "Show when a schedule expression is due next.",
        discussion: """
            Times of cron(…) and at(…) are those of the zone's clocks: what they skip is left out, \
            what they show twice is due once. A day of rate(…) has 24 hours.

            EXAMPLES
              sfnctl triggers next 'cron(30 2 * * ? *)' --zone Europe/Berlin --count 5
              sfnctl triggers next 'rate(12 hours)' --from 2026-03-28T06:00:00Z
              sfnctl triggers next 'at(2027-01-01T00:00:00)' --zone Pacific/Apia --json

            EXIT STATUS
              0   success
              1   it is never due
              64  usage
              65  the expression or zone is not valid
            """
    )

    @Argument(help: "An expression: rate(…), cron(…) or at(…).")
    var expression: String

    @Option(help: ArgumentHelp("The time zone of its clocks.", valueName: "ZONE"))
    var zone = "UTC"

    @Option(help: ArgumentHelp("How many times are shown.", valueName: "N"))
    var count = 10

    @Option(
        help: ArgumentHelp(
            "The time after which they are, in UTC, like 2026-11-29T08:30:00Z; by default now. A "
                + "rate begins then.",
            valueName: "TIME"
        )
    )
    var from: String?

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count is from 1 to 10000")
        }
        guard from == nil || start != nil else {
            throw ValidationError("--from is a time like 2026-11-29T08:30:00Z")
        }
    }

    private var start: Timestamp? { from.flatMap { ScheduleDefinition.time(.string($0)) } }

    func run() async throws {
        try await reporting {
            let start = start ?? SystemClock().now()
            let recurrence: Recurrence
            do {
                recurrence = Recurrence(
                    try ScheduleExpression(expression),
                    zone: try ZoneLibrary().zone(zone),
                    anchor: start
                )
            } catch {
                throw CommandFailure(.badInput, "\(error)")
            }
            let times = recurrence.times(after: start, count: count)
            show(times, recurrence.zone)
            if times.isEmpty, !json {
                throw CommandFailure(.failed, "\(expression) is not due after \(start.rfc3339)")
            }
        }
    }

    private func show(_ times: [Timestamp], _ zone: TimeZoneRules) {
        if json {
            let document: JSONValue = [
                "expression": .string(expression), "zone": .string(zone.name),
                "times": .array(
                    times.map { time in
                        [
                            "time": .string(time.rfc3339Seconds),
                            "local": .string(zone.clock(at: time).text),
                        ]
                    }
                ),
            ]
            return Terminal.line(JSONWriter.string(document), to: .output)
        }
        for time in times {
            let local = zone.clock(at: time).text.replacing("T", with: " ")
            let name = zone.name == "UTC" ? "" : "  \(local) \(zone.name)"
            Terminal.line("\(time.rfc3339Seconds)\(name)", to: .output)
        }
    }
}
