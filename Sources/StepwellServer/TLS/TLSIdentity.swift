import Glibc
package import Logging
import Metrics
import NIOSSL
import StepwellHistory
import Synchronization

/// The certificate and the key that a server speaks TLS with, from two files that are read again
/// when they change.
///
/// Connections that are open keep what they began with. Files that cannot be used, or do not belong
/// together, are said in the log, and the server goes on with what it had.
package final class TLSIdentity: Sendable {
    private struct State {
        var context: NIOSSLContext
        var stamps: [FileStamp?]
        var nextLook: ContinuousClock.Instant
        /// Why the files could not be used when they were last read.
        var problem: String?
    }

    /// How long before its end a certificate is said to end soon, in seconds.
    private static let noticeSeconds: Int64 = 7 * 86_400

    private let files: TLSFiles
    private let logger: Logger
    private let interval: Duration
    private let state: Mutex<State>
    /// When the certificate ends, in seconds since 1970.
    private let end = Gauge(label: "stepwell_certificate_end_seconds")

    /// Reads the files; they are looked at once in each `interval` at most.
    ///
    /// - Throws: `TLSIdentityError` when they cannot be used.
    package init(
        files: TLSFiles,
        interval: Duration = .seconds(1),
        logger: Logger
    ) throws(TLSIdentityError) {
        self.files = files
        self.logger = logger
        self.interval = interval
        // The stamps come first: what is written in between is read again, not missed.
        let stamps = files.stamps
        let loaded = try files.load()
        let next = ContinuousClock.now + interval
        state = Mutex(State(context: loaded.context, stamps: stamps, nextLook: next))
        note(loaded)
        if files.isKeyOpen {
            logger.warning(
                "others than its owner may read the TLS key; chmod 600",
                metadata: ["file": "\(files.key)"]
            )
        }
    }

    /// What a new connection begins with.
    var context: NIOSSLContext {
        state.withLock { state in
            let now = ContinuousClock.now
            guard now >= state.nextLook else { return state.context }
            state.nextLook = now + interval
            let stamps = files.stamps
            if stamps != state.stamps { take(stamps, &state) }
            return state.context
        }
    }

    /// Reads the files at once, whether they changed or not.
    package func reload() {
        state.withLock { state in
            state.problem = nil
            take(files.stamps, &state)
        }
    }

    private func take(_ stamps: [FileStamp?], _ state: inout State) {
        state.stamps = stamps
        do throws(TLSIdentityError) {
            let loaded = try files.load()
            state.context = loaded.context
            state.problem = nil
            logger.notice(
                "TLS certificate read again",
                metadata: ["file": "\(files.certificate)", "end": "\(loaded.end.rfc3339)"]
            )
            note(loaded)
        } catch {
            // What is in the way may go without a change of theirs: a mode, a want of descriptors.
            state.stamps = []
            let problem = "\(error)"
            guard problem != state.problem else { return }
            state.problem = problem
            logger.error("the TLS certificate stays as it was: \(problem)")
        }
    }

    /// Shows when a certificate ends, and says so when that is soon.
    private func note(_ loaded: TLSFiles.Loaded) {
        let seconds = loaded.end.milliseconds / 1000
        end.record(seconds)
        let left = seconds - Int64(time(nil))
        guard left < Self.noticeSeconds else { return }
        logger.warning(
            left <= 0 ? "the TLS certificate has ended" : "the TLS certificate ends soon",
            metadata: ["file": "\(files.certificate)", "end": "\(loaded.end.rfc3339)"]
        )
    }
}

/// Why a server cannot speak TLS: the file and the problem.
package struct TLSIdentityError: Error, Sendable, CustomStringConvertible {
    package let description: String

    init(_ file: String, _ problem: String) {
        description = "\(file): \(problem)"
    }
}
