public import StepwellHistory

/// A thread of control of an execution, and where it stands: the execution itself, a branch of a
/// Parallel state, an iteration of a Map state, or a child execution of a distributed one.
public struct ActiveBranch: Sendable, Hashable {
    /// What a branch is to what is around it.
    public struct Kind: Sendable, Hashable {
        /// The word for it, as the command line and the API have it.
        public let name: String

        /// The execution's own thread of control.
        public static let execution = Kind(name: "execution")
        /// A branch of a Parallel state.
        public static let branch = Kind(name: "branch")
        /// An iteration of a Map state.
        public static let iteration = Kind(name: "iteration")
        /// A child execution of a distributed Map state: it has a history of its own.
        public static let child = Kind(name: "child")
    }

    /// The number of the branch; of a child execution its index.
    public let id: Int64
    /// The way to it: `ProcessAll[3]/Parallel[0]`; empty for the execution's own.
    public let path: String
    /// What the branch is to what is around it.
    public let kind: Kind
    /// The place among the branches or iterations, from 0; nil for the execution's own.
    public let index: Int?
    /// The name of the state that the branch is in, or is about to enter; nil for a child
    /// execution.
    public package(set) var state: String?
    /// The state's `Type`.
    public package(set) var type: String?
    /// How far the branch is in its state: `entering`, `entered`, `chosen`, `waiting`, `waited`,
    /// `working`, `joining`, `collected`, `resulted`, `failed`, `caught`, `ended`, `aborted`.
    public package(set) var phase: String?
    /// What became of the branch: `running` while the execution is.
    public package(set) var status: VisitStatus
    /// The event that entered the state; nil while it is about to be entered.
    public package(set) var enteredEventID: Int64?
    /// When the state was entered.
    public package(set) var since: Timestamp?
    /// What the state was entered with.
    public package(set) var input: PicturedPayload?
    /// The variables of the branch's own scope, in order of first assignment.
    public package(set) var variables: [PicturedVariable] = []
    /// The retriers of the state that have been used.
    public package(set) var retries: [BranchRetry] = []
    /// What the branch waits for.
    public package(set) var waitingFor: BranchWait?
    /// The error that the state has failed with, on its way to a retrier or catcher.
    public package(set) var error: String?
    /// The cause of that error.
    public package(set) var cause: String?
    /// What the branches, iterations or child executions of the state have come to.
    public package(set) var children: BranchChildren?
    /// The ARN of a child execution.
    public package(set) var executionARN: String?

    package init(id: Int64, path: String, kind: Kind, index: Int?, status: VisitStatus) {
        self.id = id
        self.path = path
        self.kind = kind
        self.index = index
        self.status = status
    }
}
