import StepwellEngine
public import StepwellHistory

/// A task of an activity, as its worker is given it.
public struct ActivityWork<Input: Sendable>: Sendable {
    /// The task token, to report with.
    public let token: String
    /// The task's input.
    public let input: Input

    /// A task of one's own, for the unit test of a worker.
    public init(token: String = "token", input: Input) {
        self.token = token
        self.input = input
    }
}

/// An activity in a listing.
public struct ActivitySummary: Sendable, Hashable {
    /// The activity's ARN.
    public let arn: String
    /// Its name.
    public let name: String
    /// When it was created.
    public let creationDate: Timestamp

    init(_ item: ActivityDescription) {
        arn = item.activityARN
        name = item.name
        creationDate = item.creationDate
    }
}
