import Foundation
package import Logging
package import StepwellEngine

/// A mock configuration file that is read again when it changes.
///
/// The file is looked at each time the responses are wanted, which is cheap beside running a task.
package final class MockFile: MockSource {
    private let file: WatchedFile<MockConfiguration, MockFileError>

    /// The path as it was given.
    package var name: String { file.path }

    /// Reads the file.
    ///
    /// - Throws: `MockFileError` with file, line and column of what is wrong with it.
    package init(path: String, logger: Logger) throws(MockFileError) {
        file = try WatchedFile(
            path: path,
            subject: "mock configuration",
            logger: logger,
            read: { path throws(MockFileError) in try Self.read(path) }
        )
    }

    package var configuration: MockConfiguration { file.content }

    private static func read(_ path: String) throws(MockFileError) -> MockConfiguration {
        let text: [UInt8]
        do {
            text = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw MockFileError(description: "\(path): the file cannot be read")
        }
        do throws(MockConfigurationError) {
            return try MockConfiguration(text)
        } catch {
            throw MockFileError(
                description: "\(path):\(error.line):\(error.column): \(error.message)"
            )
        }
    }
}

/// Why a mock configuration file cannot be used: `file:line:column: problem`.
public struct MockFileError: Error, Sendable, CustomStringConvertible {
    /// The file with line and column, and the problem.
    public let description: String
}
