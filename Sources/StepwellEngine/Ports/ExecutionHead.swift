package import StepwellHistory

/// What is known of an execution without reading its log: derived from its turns, one per
/// execution, replaced by each turn.
package struct ExecutionHead: Sendable, Hashable {
    package var execution: ExecutionNumber
    package var executionName: String
    package var stateMachineARN: String
    package var startDate: Timestamp
    /// When it closed; nil while it runs.
    package var stopDate: Timestamp?
    /// Status, next timer and outstanding work, as the newest turn's summary says.
    package var summary: TurnSummary
    package var lastOrdinal: Ordinal
    package var lastEventID: EventID
    /// The chain digest of the newest turn.
    package var digest: TurnDigest
    /// How often it was redriven: a turn of a closed execution is a redrive.
    package var redriveCount: Int
    /// The time of the newest redrive.
    package var redriveDate: Timestamp?

    package init(
        execution: ExecutionNumber,
        executionName: String,
        stateMachineARN: String,
        startDate: Timestamp,
        stopDate: Timestamp?,
        summary: TurnSummary,
        lastOrdinal: Ordinal,
        lastEventID: EventID,
        digest: TurnDigest,
        redriveCount: Int = 0,
        redriveDate: Timestamp? = nil
    ) {
        self.execution = execution
        self.executionName = executionName
        self.stateMachineARN = stateMachineARN
        self.startDate = startDate
        self.stopDate = stopDate
        self.summary = summary
        self.lastOrdinal = lastOrdinal
        self.lastEventID = lastEventID
        self.digest = digest
        self.redriveCount = redriveCount
        self.redriveDate = redriveDate
    }
}

/// A question that the derived indexes answer.
package enum HeadQuery: Sendable {
    /// The head of one execution, or none.
    case execution(ExecutionNumber)
    /// The newest execution of this name in this state machine (names are free again after a
    /// retention time, so there can have been earlier ones).
    case name(stateMachineARN: String, executionName: String)
    /// Executions of a machine, newest start first, at most `limit`, with a status or any, from
    /// behind a place (start and number of the last one seen).
    case listing(
        stateMachineARN: String,
        status: ExecutionStatus?,
        after: ListingPlace?,
        limit: Int
    )
    /// Running executions that have a timer due at or before a time, earliest first.
    case due(upTo: Timestamp, limit: Int)
    /// Running executions with outstanding tasks or an unfinished turn, by number, from behind one.
    case unsettled(after: ExecutionNumber?, limit: Int)
    /// The execution with the highest number.
    case newest
}

/// A place in a listing that is ordered by start date and number, newest first.
package struct ListingPlace: Sendable, Hashable {
    package var startDate: Timestamp
    package var execution: ExecutionNumber

    package init(startDate: Timestamp, execution: ExecutionNumber) {
        self.startDate = startDate
        self.execution = execution
    }
}
