import Foundation
package import Logging
package import StepwellEngine
import Synchronization

/// A mock configuration file that is read again when it changes.
///
/// Whether it changed is asked of the file system each time the responses are wanted, which is
/// cheap beside running a task and misses no change. A changed file that cannot be used is said in
/// the log, once, and the responses stay as they were.
package final class MockFile: MockSource {
    private struct State: Sendable {
        var configuration: MockConfiguration
        var stamp: Stamp?
    }

    /// What changes when a file does.
    private struct Stamp: Sendable, Equatable {
        var modified: Date?
        var size: UInt64?
        var inode: UInt64?

        /// Nil when there is no file now.
        init?(path: String) {
            guard let found = try? FileManager.default.attributesOfItem(atPath: path) else {
                return nil
            }
            modified = found[.modificationDate] as? Date
            size = (found[.size] as? NSNumber)?.uint64Value
            inode = (found[.systemFileNumber] as? NSNumber)?.uint64Value
        }
    }

    private let path: String
    private let logger: Logger
    private let state: Mutex<State>

    /// The path as it was given.
    package var name: String { path }

    /// Reads the file.
    ///
    /// - Throws: `MockFileError` with file, line and column of what is wrong with it.
    package init(path: String, logger: Logger) throws(MockFileError) {
        self.path = path
        self.logger = logger
        let stamp = Stamp(path: path)
        state = Mutex(State(configuration: try Self.read(path), stamp: stamp))
    }

    package var configuration: MockConfiguration {
        state.withLock { state in
            let stamp = Stamp(path: path)
            if stamp != state.stamp {
                state.stamp = stamp
                do throws(MockFileError) {
                    state.configuration = try Self.read(path)
                    logger.notice("mock configuration read again", metadata: ["file": "\(path)"])
                } catch {
                    logger.error("the mock configuration stays as it was: \(error)")
                }
            }
            return state.configuration
        }
    }

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
