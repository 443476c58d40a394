import Dispatch
import Foundation
package import Logging
import Synchronization

/// Lines that a thread of their own writes in their order: who gives one never waits for where
/// they go.
///
/// What does not fit while nothing is taken is counted, and said in its place when it is again.
package final class LineQueue: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        /// How many bytes are being written just now.
        var inHand = 0
        /// How many lines behind those that wait are lost.
        var lost = 0
        var isFinishing = false
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let retryMilliseconds: Int
    private let destination: any LineDestination
    private let logger: Logger?
    /// Raised when there is something to do.
    private let work = DispatchSemaphore(value: 0)
    /// Raised when there is no time to wait any more.
    private let finishing = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// A queue that holds as many bytes; trouble with the destination is said in a log, if given.
    package init(
        _ name: String,
        to destination: any LineDestination,
        capacity: Int,
        retryMilliseconds: Int = 1000,
        logger: Logger? = nil
    ) {
        self.destination = destination
        self.capacity = capacity
        self.retryMilliseconds = retryMilliseconds
        self.logger = logger
        let thread = Thread { [self] in
            run()
            ended.signal()
        }
        thread.name = name
        thread.start()
    }

    /// Takes a line, or several, with their ends; never waits.
    package func add(_ line: [UInt8]) {
        let isFirstLoss = state.withLock { state in
            let isFull = state.waiting.count + state.inHand + line.count > capacity
            // What comes behind a lost line waits for the word about it.
            guard !isFull, state.lost == 0 else {
                state.lost += 1
                return state.lost == 1
            }
            state.waiting += line
            return false
        }
        work.signal()
        if isFirstLoss {
            logger?.error("\(destination.name) accepts nothing: lines are lost, and counted")
        }
    }

    /// Writes what waits and ends; false when that is not done in time.
    ///
    /// What is given later is not written.
    @discardableResult
    package func finish(withinMilliseconds limit: Int) -> Bool {
        state.withLock { $0.isFinishing = true }
        work.signal()
        finishing.signal()
        return ended.wait(timeout: .now() + .milliseconds(limit)) == .success
    }

    private func run() {
        while true {
            let (lines, lost, isFinishing) = take()
            guard !lines.isEmpty || lost > 0 else {
                if isFinishing { return }
                work.wait()
                continue
            }
            let notice = lost > 0 ? destination.line(forLost: lost) : []
            guard write(lines + notice) else { return }
            state.withLock { $0.inHand = 0 }
            if lost > 0 {
                logger?.notice("\(destination.name) accepts lines again; \(lost) were lost")
            }
        }
    }

    private func take() -> (lines: [UInt8], lost: Int, isFinishing: Bool) {
        state.withLock { state in
            defer {
                state.inHand = state.waiting.count
                state.waiting = []
                state.lost = 0
            }
            return (state.waiting, state.lost, state.isFinishing)
        }
    }

    /// Writes until it is done; false when the end comes before.
    private func write(_ lines: [UInt8]) -> Bool {
        var wasToldOff = false
        while let reason = destination.write(lines) {
            if !wasToldOff {
                logger?.error(
                    "\(destination.name) cannot be written; retrying every second",
                    metadata: ["reason": "\(reason)"]
                )
            }
            wasToldOff = true
            if state.withLock({ $0.isFinishing }) {
                logger?.error("\(destination.name) lacks the last lines: \(lines.count) bytes")
                return false
            }
            _ = finishing.wait(timeout: .now() + .milliseconds(retryMilliseconds))
        }
        return true
    }
}
