import HeapModule
import StepwellHistory

/// Executions that cannot be read: each is tried again by itself, after ever longer times, and
/// holds up nobody else.
struct Quarantine {
    private struct Retry: Comparable {
        let uptime: Int64
        let execution: ExecutionNumber

        static func < (lhs: Retry, rhs: Retry) -> Bool {
            (lhs.uptime, lhs.execution) < (rhs.uptime, rhs.execution)
        }
    }

    private var entries = OrderedTable<ExecutionNumber, QuarantinedExecution>()
    private var retries: Heap<Retry> = []

    /// The first rest and the longest, in milliseconds.
    private static let rests: (shortest: Int64, longest: Int64) = (1_000, 300_000)
    /// How many of them are named.
    private static let named = 16

    /// How many there are.
    var count: Int { entries.count }

    /// What keeps an execution from being read, if anything does.
    subscript(number: ExecutionNumber) -> QuarantinedExecution? { entries[number] }

    /// The uptime at which the next one is to be tried again.
    var next: Int64? { retries.min?.uptime }

    /// Sets an execution aside once more; gives how long for, in milliseconds.
    @discardableResult
    mutating func add(_ number: ExecutionNumber, _ failure: LoadFailure, at uptime: Int64) -> Int64
    {
        let failures = (entries[number]?.failures ?? 0) + 1
        let rest = min(Self.rests.longest, Self.rests.shortest << Int64(min(failures - 1, 16)))
        let entry = QuarantinedExecution(
            execution: number,
            executionARN: failure.head.map(\.executionARN) ?? entries[number]?.executionARN,
            error: failure.error,
            failures: failures
        )
        entries.put(entry, for: number)
        retries.insert(Retry(uptime: uptime + rest, execution: number))
        return rest
    }

    /// One that is to be tried again now; it stays set aside until it is read.
    mutating func popDue(at uptime: Int64) -> ExecutionNumber? {
        guard let first = retries.min, first.uptime <= uptime else { return nil }
        _ = retries.popMin()
        return first.execution
    }

    /// An execution was read; false when it was not set aside.
    mutating func remove(_ number: ExecutionNumber) -> Bool {
        entries.remove(number) != nil
    }

    /// Some of them, by number.
    var sample: [QuarantinedExecution] {
        entries.entries(limit: Self.named).map(\.value)
    }
}

extension ExecutionHead {
    /// The execution's ARN; the names of Express workflows' executions hold a colon.
    package var executionARN: String {
        ExecutionARN(
            stateMachineARN: stateMachineARN,
            name: executionName,
            isExpress: executionName.utf8.contains(UInt8(ascii: ":"))
        ).string
    }
}
