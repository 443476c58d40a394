package import StepwellHistory

/// An activity, as CreateActivity, DescribeActivity and ListActivities give it.
package struct ActivityDescription: Sendable, Equatable {
    package var activityARN: String
    package var name: String
    package var creationDate: Timestamp
    /// What CreateActivity was given; nil when nothing.
    package var encryptionConfiguration: EncryptionConfiguration?
}

/// What GetActivityTask gives a worker when there is work.
package struct ActivityTask: Sendable, Equatable {
    package var taskToken: String
    package var input: Payload
}
