import Foundation
package import Logging
import Synchronization

/// The content of a file that is read again when the file changes.
///
/// Whether it changed is asked of the file system when the content is wanted, which misses no
/// change. A changed file that cannot be used is said in the log, once, and the content stays as it
/// was.
package final class WatchedFile<Content: Sendable, Failure: Error>: Sendable {
    private struct State: Sendable {
        var content: Content
        var stamp: FileStamp?
        var nextLook: ContinuousClock.Instant
    }

    /// The path as it was given.
    package let path: String
    private let subject: String
    private let interval: Duration
    private let logger: Logger
    private let read: @Sendable (String) throws(Failure) -> Content
    private let state: Mutex<State>

    /// Reads the file.
    ///
    /// `subject` is what the log calls the content; the file is looked at once in each `interval`
    /// at most.
    ///
    /// - Throws: What `read` throws.
    package init(
        path: String,
        subject: String,
        interval: Duration = .zero,
        logger: Logger,
        read: @escaping @Sendable (String) throws(Failure) -> Content
    ) throws(Failure) {
        self.path = path
        self.subject = subject
        self.interval = interval
        self.logger = logger
        self.read = read
        // The stamp comes first: what is written in between is read again, not missed.
        let stamp = FileStamp(path: path)
        state = Mutex(State(content: try read(path), stamp: stamp, nextLook: .now))
    }

    /// What the file holds, or held when it could last be used.
    package var content: Content {
        state.withLock { state in
            let now = ContinuousClock.now
            guard now >= state.nextLook else { return state.content }
            state.nextLook = now + interval
            let stamp = FileStamp(path: path)
            guard stamp != state.stamp else { return state.content }
            state.stamp = stamp
            do throws(Failure) {
                state.content = try read(path)
                logger.notice("\(subject) read again", metadata: ["file": "\(path)"])
            } catch {
                logger.error("the \(subject) stays as it was: \(error)")
            }
            return state.content
        }
    }
}

/// What changes when a file does.
private struct FileStamp: Sendable, Equatable {
    let modified: Date?
    let size: UInt64?
    let inode: UInt64?
    /// What decides who may read it.
    let mode: UInt16?
    let owner: UInt32?

    /// Nil when there is no file now.
    init?(path: String) {
        guard let found = try? FileManager.default.attributesOfItem(atPath: path) else {
            return nil
        }
        modified = found[.modificationDate] as? Date
        size = (found[.size] as? NSNumber)?.uint64Value
        inode = (found[.systemFileNumber] as? NSNumber)?.uint64Value
        mode = (found[.posixPermissions] as? NSNumber)?.uint16Value
        owner = (found[.ownerAccountID] as? NSNumber)?.uint32Value
    }
}
