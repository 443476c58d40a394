internal import Dispatch

/// Who uses an environment, and whether it can be used: what stands in the way of closing it.
struct EnvironmentState {
    /// Whether there is an open LMDB environment.
    enum Phase {
        case ready(EnvironmentHandle)
        /// LMDB gave up on it: it has to be opened again, for which those who want to read wait.
        case broken(EnvironmentHandle)
        /// It is being closed and opened again; who wants to use it waits.
        case reopening
        /// It could not be opened again.
        case closed(LMDBError)
    }

    var phase: Phase
    /// How many transactions and other calls are under way.
    var uses = 0
    /// Raised when the last use ends while it is to be closed.
    var drained: DispatchSemaphore?
    /// Raised when it has been opened again, or could not be.
    var waiters: [DispatchSemaphore] = []
    /// The tables that were opened, in that order, which decides their identifiers.
    var tables: [Table] = []

    init(_ handle: EnvironmentHandle) {
        phase = .ready(handle)
    }

    /// Notes that a use ended.
    mutating func endUse() {
        uses -= 1
        if uses == 0 { drained?.signal() }
    }

    /// Notes that LMDB gave up on an environment.
    mutating func breakDown(_ handle: EnvironmentHandle) {
        if case .ready(let current) = phase, unsafe current.pointer == handle.pointer {
            phase = .broken(handle)
        }
    }

    /// Lets those who wait look again.
    mutating func arrive(_ phase: Phase) {
        self.phase = phase
        drained = nil
        for waiter in waiters { waiter.signal() }
        waiters = []
    }
}
