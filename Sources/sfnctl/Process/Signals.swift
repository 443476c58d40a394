import Foundation
import Glibc
import Synchronization

/// What SIGTERM and SIGINT do to this process, from its first instruction on.
///
/// They are handled, whatever else is going on: a handler passes them on through a pipe to a thread
/// that waits for them. So none is lost, also where the process is the first one of its container,
/// to which the kernel gives no signal that it does not handle.
enum Signals {
    /// What is done at a signal, on the thread that waits for them.
    struct Action: Sendable {
        let perform: @Sendable (_ number: Int32) -> Void
    }

    private static let action = Mutex<Action?>(nil)

    // Safe: set once, before there is a handler or a second thread.
    private nonisolated(unsafe) static var sendingEnd: Int32 = -1

    /// Begins to wait for signals; whichever comes ends the process until an action is set.
    static func trap() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // A handler must not wait.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        sendingEnd = ends[1]
        let thread = Thread { [receivingEnd = ends[0]] in pass(from: receivingEnd) }
        thread.name = "sfnctl-signals"
        thread.stackSize = 256 << 10
        thread.start()
        for number in [SIGTERM, SIGINT] { listen(for: number) }
    }

    private static func listen(for number: Int32) {
        var change = sigaction()
        change.__sigaction_handler.sa_handler = { number in
            // Nothing but this may be done in a handler.
            let problem = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = write(Signals.sendingEnd, &byte, 1)
            errno = problem
        }
        change.sa_flags = SA_RESTART
        sigaction(number, &change, nil)
    }

    /// Has signals do this instead of ending the process.
    static func handle(_ perform: @escaping @Sendable (_ number: Int32) -> Void) {
        action.withLock { $0 = Action(perform: perform) }
    }

    /// The signals from now on; none of them ends the process.
    static func stream() -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        handle { continuation.yield($0) }
        return stream
    }

    /// The signals from now on, and apart from them each SIGHUP; none of them ends the process.
    static func streams() -> (ends: AsyncStream<Int32>, hangups: AsyncStream<Void>) {
        let (ends, ending) = AsyncStream.makeStream(of: Int32.self)
        let (hangups, hangup) = AsyncStream.makeStream(
            of: Void.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        handle { number in
            if number == SIGHUP { hangup.yield() } else { ending.yield(number) }
        }
        listen(for: SIGHUP)
        return (ends, hangups)
    }

    /// Ends the process as the signal does where nobody handles it.
    static func die(of number: Int32) -> Never {
        signal(number, SIG_DFL)
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        kill(getpid(), number)
        // The first process of a container goes on here.
        _exit(128 + number)
    }

    private static func pass(from receivingEnd: Int32) {
        while true {
            var byte: UInt8 = 0
            let count = read(receivingEnd, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            guard count == 1 else { return }
            let number = Int32(byte)
            if let action = action.withLock({ $0 }) {
                action.perform(number)
            } else {
                die(of: number)
            }
        }
    }
}
