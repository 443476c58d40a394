import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Named places inside a commit where a test has the process killed, as by `kill -9`.
///
/// `STEPWELL_CRASH_POINT=NAME:N` kills the process when it comes to that place for the Nth time.
enum CrashPoint: String, CaseIterable {
    /// The batch is composed; nothing was handed to LMDB.
    case beforePut
    /// The batches are in the transaction.
    case afterPut
    /// All rows are in the transaction.
    case beforeCommit
    /// The commit is durable; nobody was told.
    case afterCommit
    /// A checkpoint's blocks are in the transaction.
    case beforeCheckpoint
    /// A checkpoint's step is durable.
    case afterCheckpoint

    private struct Plan: Sendable {
        let point: CrashPoint
        let count: Int
    }

    private static let passed = Atomic<Int>(0)

    private static let plan: Plan? = {
        guard let text = unsafe getenv("STEPWELL_CRASH_POINT") else { return nil }
        let parts = unsafe String(cString: text).split(separator: ":")
        guard parts.count <= 2, let name = parts.first,
            let point = CrashPoint(rawValue: String(name))
        else { return nil }
        return Plan(point: point, count: parts.count == 2 ? Int(parts[1]) ?? 1 : 1)
    }()

    /// Says that the place was reached.
    func reached() {
        guard let plan = Self.plan, plan.point == self else { return }
        let count = Self.passed.wrappingAdd(1, ordering: .relaxed).newValue
        if count == plan.count { kill(getpid(), SIGKILL) }
    }
}
