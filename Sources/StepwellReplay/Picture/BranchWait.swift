public import StepwellHistory

/// What a branch waits for, and since when.
public struct BranchWait: Sendable, Hashable {
    /// What ends the wait.
    public struct Kind: Sendable, Hashable {
        /// The word for it, as the command line and the API have it.
        public let name: String

        /// The task is with whoever does it.
        public static let task = Kind(name: "task")
        /// Whoever has the task token is to report.
        public static let token = Kind(name: "token")
        /// A worker of the activity is to take the task, or has it.
        public static let activity = Kind(name: "activity")
        /// A Wait state's time.
        public static let timer = Kind(name: "timer")
        /// The time before the next attempt.
        public static let retry = Kind(name: "retry")
        /// The branches or iterations of the state, or its child executions.
        public static let children = Kind(name: "children")
        /// Nothing: the branch goes on by itself, or the execution is closed.
        public static let nothing = Kind(name: "nothing")
    }

    /// What ends the wait.
    public let kind: Kind
    /// Since when it lasts.
    public let since: Timestamp
    /// The event after which it lasts; 0 for none.
    public let sinceEventID: Int64
    /// When it ends by itself: a timer's or a retry's time.
    public package(set) var until: Timestamp?
    /// The task's `Resource`.
    public package(set) var resource: String?
    /// Whether the task was started: an activity's worker has it, a service was called.
    public package(set) var isStarted: Bool?
    /// Who took the task, where that is known.
    public package(set) var workerName: String?
    /// The token to report with.
    public package(set) var token: String?
    /// When the task times out.
    public package(set) var timeout: Timestamp?
    /// When the task has to have shown life again.
    public package(set) var heartbeat: Timestamp?
    /// How often the task was handed out.
    public package(set) var deliveries: Int?
    /// The ARN of the execution or Map Run that was started.
    public package(set) var childARN: String?
    /// The error that a retry follows.
    public package(set) var error: String?
    /// The cause of that error.
    public package(set) var cause: String?

    package init(kind: Kind, since: Timestamp, sinceEventID: Int64) {
        self.kind = kind
        self.since = since
        self.sinceEventID = sinceEventID
    }
}
