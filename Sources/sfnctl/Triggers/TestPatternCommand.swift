import ArgumentParser
import StepwellJSON
import StepwellTriggers

/// `sfnctl triggers test-pattern`: whether an event matches a pattern; asks no server.
struct TestPatternCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-pattern",
        abstract: "Say whether an event matches an event pattern.",
        discussion: """
            Pattern and event are JSON, a file, or - for standard input. No server is asked.

            EXAMPLES
              sfnctl triggers test-pattern '{"source": ["shop"]}' --event event.json
              sfnctl triggers test-pattern pattern.json --event event.json

            EXIT STATUS
              0   it matches
              1   it does not
              64  usage
              65  the pattern or the event is not valid
            """
    )

    @Argument(help: "The event pattern.")
    var pattern: String

    @Option(help: "The event.")
    var event: String

    @Flag(help: "Print one JSON document.")
    var json = false

    func run() async throws {
        try await reporting {
            let text = try InputText.json(pattern)
            let compiled: EventPattern
            do throws(EventPatternError) {
                compiled = try EventPattern(
                    parsing: String(decoding: text.bytes, as: UTF8.self)
                )
            } catch {
                throw CommandFailure(.badInput, "\(text.name): \(error.reason)")
            }
            guard case .object(let members) = try InputText.json(event).value() else {
                throw CommandFailure(.badInput, "--event: a JSON object is expected")
            }
            let matches = compiled.matches(FlatEvent(members))
            if json {
                Terminal.line(JSONWriter.string(["matches": .bool(matches)]))
            } else {
                Terminal.line(matches ? "matches" : "does not match")
            }
            if !matches { throw ExitCode(CommandFailure.Status.failed.rawValue) }
        }
    }
}
