package import StepwellHistory

/// Which executions are looked for, of all state machines or of one.
package struct ExecutionSearch: Sendable {
    /// The ARN of a state machine, of a version of one or an alias; nil is all.
    package var stateMachineARN: String?
    package var status: ExecutionStatus?
    /// Started then or later.
    package var from: Timestamp?
    /// Started then or earlier.
    package var until: Timestamp?
    /// A part of the name.
    package var name: String?
    /// A part of the name, input, output, error or cause; upper and lower case of ASCII count the
    /// same.
    package var text: String?
    /// A part of the input.
    package var input: String?
    /// Behind this place.
    package var after: QueryCursor?
    /// How many are wanted, at least one.
    package var limit: Int

    /// Everything, newest start first.
    package init(limit: Int = 50) {
        self.limit = limit
    }

    /// Whether what an execution was started with, and came to, has to be read.
    var readsContent: Bool { text != nil || input != nil }
}

/// Executions that a search has found, and how far it came.
package struct ExecutionSearchPage: Sendable {
    package var executions: [ExecutionHead] = []
    /// Where the search goes on; nil when there is nothing more.
    package var next: QueryCursor?
    /// How many executions were looked at.
    package var scanned = 0
}
