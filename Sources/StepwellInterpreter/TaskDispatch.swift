package import StepwellHistory

/// A task that someone outside has to do: what the connector or worker is given.
package struct TaskDispatch: Sendable, Equatable {
    /// The task's identity within its execution: the ordinal of the record that minted its token
    /// or, for a task without one, of the record that scheduled it.
    package var ordinal: Ordinal
    /// The id of its `…Scheduled` event.
    package var scheduledEventID: EventID
    /// The name of the state.
    package var stateName: String
    /// How many times the state was retried before (0 on the first attempt).
    package var retryCount: Int
    /// The `Resource` field.
    package var resource: String
    /// The parameters of an integration, or the input of an activity or function.
    package var parameters: Payload
    /// The secret half of the task token, for activities and `.waitForTaskToken`.
    package var tokenSecret: [UInt8]?
    package var timeoutInSeconds: Int64?
    package var heartbeatInSeconds: Int64?
    package var credentialsRoleARN: String?
    /// How many tasks the state scheduled before; counted in executions with a test case.
    package var invocation = 0

    package init(
        ordinal: Ordinal,
        scheduledEventID: EventID,
        stateName: String,
        retryCount: Int,
        resource: String,
        parameters: Payload,
        tokenSecret: [UInt8]?,
        timeoutInSeconds: Int64?,
        heartbeatInSeconds: Int64?,
        credentialsRoleARN: String?
    ) {
        self.ordinal = ordinal
        self.scheduledEventID = scheduledEventID
        self.stateName = stateName
        self.retryCount = retryCount
        self.resource = resource
        self.parameters = parameters
        self.tokenSecret = tokenSecret
        self.timeoutInSeconds = timeoutInSeconds
        self.heartbeatInSeconds = heartbeatInSeconds
        self.credentialsRoleARN = credentialsRoleARN
    }
}
