import Foundation
import Stepwell

/// A report each night at 02:30 UTC, once, however often the program starts or is killed.
///
///     NightlyReport DATA-DIRECTORY
///
/// Runs until it is killed. The wait for the night is in the log, not in this process: the night
/// that was waited for is made up for at the next start. `putSchedule` makes up for more.
@main
struct NightlyReport {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: NightlyReport DATA-DIRECTORY\n".utf8))
            exit(64)
        }
        let nights = Nights(now: { Date() })
        let engine = try await WorkflowEngine.open(at: arguments[1]) {
            nights.register(in: &$0) { night in print("the report of \(night)") }
        }
        try await nights.deploy(to: engine)
        engine.resume()
        while true { _ = try await nights.next(by: engine) }
    }
}
