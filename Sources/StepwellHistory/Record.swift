/// One entry of an execution's log.
package struct Record: Sendable, Equatable {
    package var ordinal: Ordinal
    /// The branch that the record moves on; the root for records of the whole execution.
    package var branch: BranchID
    package var body: RecordBody

    package init(ordinal: Ordinal, branch: BranchID, body: RecordBody) {
        self.ordinal = ordinal
        self.branch = branch
        self.body = body
    }
}

/// What a record is: the input of its turn, an AWS history event or an engine record.
package enum RecordBody: Sendable, Equatable {
    case input(Input)
    case event(HistoryEvent)
    case engine(EngineRecord)
}
