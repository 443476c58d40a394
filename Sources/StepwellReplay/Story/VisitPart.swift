package import StepwellHistory

/// A stretch of a visit: an attempt at the state's work, a wait, the rest before a retry.
package struct VisitPart: Sendable {
    /// What is done, or waited for, in it.
    package enum Kind: String, Sendable, CaseIterable {
        /// The work of a Task state.
        case attempt
        /// A Wait state's time.
        case wait
        /// The time before a retry.
        case backoff
        /// An execution or a Map Run that the state has started.
        case child
    }

    package internal(set) var kind: Kind
    /// The visit, by its place among all.
    package let visit: Int
    package let began: StoryMoment
    /// When it is over at the latest, of a wait.
    package let due: Timestamp?
    package internal(set) var ended: StoryMoment?
    package internal(set) var status = VisitStatus.running
    /// The error that the attempt failed with, or that the retry follows.
    package internal(set) var error: String?
    /// The ARN of what was started.
    package internal(set) var childARN: String?
    /// Who took the task, where that is known.
    package internal(set) var workerName: String?

    init(_ kind: Kind, of visit: Int, at began: StoryMoment, due: Timestamp? = nil) {
        self.kind = kind
        self.visit = visit
        self.began = began
        self.due = due
    }
}
