import Foundation
import Stepwell

/// Many at once: counts the words of files, four files at a time.
///
///     FanOut DATA-DIRECTORY FILE...
///
/// A file that is not there is counted as missing; the others are not held up by it.
@main
struct FanOut {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 2 else {
            let usage = "usage: FanOut DATA-DIRECTORY FILE...\n"
            FileHandle.standardError.write(Data(usage.utf8))
            exit(64)
        }
        let engine = try await WorkflowEngine.open(at: arguments[0], WordCount.register)
        engine.resume()
        let total = try await WordCount.count(Array(arguments[1...]), by: engine)
        print("\(total.words) words in \(total.files) files, \(total.missing) missing")
        await engine.shutdown()
    }
}
