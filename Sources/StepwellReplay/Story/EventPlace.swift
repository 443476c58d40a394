package import StepwellHistory

/// Where an event is, and to which visit it belongs.
package struct EventPlace: Sendable {
    package let ordinal: Ordinal
    package let time: Timestamp
    package let type: HistoryEventType?
    package let branch: BranchID
    /// The visit that it is part of, by its place among all; nil for those of the execution.
    package let visit: Int?
}
