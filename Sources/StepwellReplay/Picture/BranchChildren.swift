/// What the branches, iterations or child executions of a state have come to.
public struct BranchChildren: Sendable, Hashable {
    /// How many there are to be, as far as is known.
    public package(set) var count: Int
    /// How many are under way.
    public package(set) var running: Int
    /// How many have succeeded.
    public package(set) var succeeded: Int
    /// How many failed, timed out or were aborted.
    public package(set) var failed: Int
    /// How many have not begun.
    public package(set) var pending: Int
    /// How many may be under way at once; nil for no limit.
    public package(set) var maxConcurrency: Int?
    /// Those under way in the order of their indexes, as many as a picture shows; of an execution
    /// that is closed those that did not succeed, too.
    public package(set) var branches: [ActiveBranch] = []
    /// The index after which the ones that are not shown begin; nil when all are shown.
    public package(set) var next: Int?

    package init(count: Int, running: Int, succeeded: Int, failed: Int) {
        self.count = count
        self.running = running
        self.succeeded = succeeded
        self.failed = failed
        pending = max(0, count - running - succeeded - failed)
    }
}
