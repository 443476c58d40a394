import Foundation
package import Logging
import Synchronization

/// A credentials file that is read again when it changes, so that keys can be exchanged without a
/// restart.
///
/// A changed file that cannot be used is said in the log, once, and the keys stay as they were.
package final class WatchedCredentials: AccessKeySource {
    private struct State: Sendable {
        var keys: [String: AccessKey]
        var stamp: Stamp?
        var nextLook: ContinuousClock.Instant
    }

    /// What changes when a file does.
    private struct Stamp: Sendable, Equatable {
        let modified: Date?
        let size: UInt64?
        let inode: UInt64?

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

    /// Reads the file.
    ///
    /// - Throws: `CredentialsFileError` when it cannot be read or is none, or when others than its
    ///   owner may read it.
    package init(path: String, logger: Logger) throws(CredentialsFileError) {
        self.path = path
        self.logger = logger
        let stamp = Stamp(path: path)
        let keys = try Self.read(path)
        state = Mutex(State(keys: keys, stamp: stamp, nextLook: .now))
    }

    /// The keys; the file is looked at once a second at most.
    package var keys: [String: AccessKey] {
        state.withLock { state in
            let now = ContinuousClock.now
            guard now >= state.nextLook else { return state.keys }
            state.nextLook = now + .seconds(1)
            let stamp = Stamp(path: path)
            guard stamp != state.stamp else { return state.keys }
            state.stamp = stamp
            do throws(CredentialsFileError) {
                state.keys = try Self.read(path)
                logger.notice("credentials read again", metadata: ["file": "\(path)"])
            } catch {
                logger.error("the credentials stay as they were: \(error)")
            }
            return state.keys
        }
    }

    private static func read(_ path: String) throws(CredentialsFileError) -> [String: AccessKey] {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw CredentialsFileError(path, "the file cannot be read")
        }
        let found = try? FileManager.default.attributesOfItem(atPath: path)
        let mode = (found?[.posixPermissions] as? NSNumber)?.uint16Value ?? 0
        guard mode & 0o077 == 0 else {
            throw CredentialsFileError(
                path,
                "others than its owner may read it; chmod 600 \(path)"
            )
        }
        return try CredentialsFile(String(decoding: data, as: UTF8.self), name: path).keys
    }
}
