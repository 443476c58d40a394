/// What the `Task…` events of one task share: `sqs` and `sendMessage.waitForTaskToken`.
package struct TaskResource: Sendable, Hashable {
    package var resourceType: String
    package var resource: String

    package init(resourceType: String, resource: String) {
        self.resourceType = resourceType
        self.resource = resource
    }
}

/// Details of `TaskScheduled`.
package struct TaskScheduledDetails: Sendable, Equatable {
    package var resource: TaskResource
    package var region: String
    package var parameters: Payload
    package var timeoutInSeconds: Int64?
    package var heartbeatInSeconds: Int64?
    /// `taskCredentials.roleArn`.
    package var credentialsRoleARN: String?

    package init(
        resource: TaskResource,
        region: String,
        parameters: Payload,
        timeoutInSeconds: Int64? = nil,
        heartbeatInSeconds: Int64? = nil,
        credentialsRoleARN: String? = nil
    ) {
        self.resource = resource
        self.region = region
        self.parameters = parameters
        self.timeoutInSeconds = timeoutInSeconds
        self.heartbeatInSeconds = heartbeatInSeconds
        self.credentialsRoleARN = credentialsRoleARN
    }
}

/// The `Task…` events: service integrations.
package enum TaskEvent: Sendable, Equatable {
    /// Boxed, so that every record is smaller.
    indirect case scheduled(TaskScheduledDetails)
    case started(TaskResource)
    case startFailed(TaskResource, Failure)
    case submitted(TaskResource, output: Payload)
    case submitFailed(TaskResource, Failure)
    case succeeded(TaskResource, output: Payload)
    case failed(TaskResource, Failure)
    case timedOut(TaskResource, Failure)
}

/// Details of `ActivityScheduled` and `LambdaFunctionScheduled`.
package struct WorkScheduledDetails: Sendable, Equatable {
    /// The activity's or the function's ARN.
    package var resource: String
    package var input: Payload
    package var timeoutInSeconds: Int64?
    /// Activities only.
    package var heartbeatInSeconds: Int64?
    /// Lambda functions only: `taskCredentials.roleArn`.
    package var credentialsRoleARN: String?

    package init(
        resource: String,
        input: Payload,
        timeoutInSeconds: Int64? = nil,
        heartbeatInSeconds: Int64? = nil,
        credentialsRoleARN: String? = nil
    ) {
        self.resource = resource
        self.input = input
        self.timeoutInSeconds = timeoutInSeconds
        self.heartbeatInSeconds = heartbeatInSeconds
        self.credentialsRoleARN = credentialsRoleARN
    }
}

/// The `Activity…` events.
package enum ActivityEvent: Sendable, Equatable {
    /// Boxed, so that every record is smaller.
    indirect case scheduled(WorkScheduledDetails)
    case scheduleFailed(Failure)
    case started(workerName: String?)
    case succeeded(output: Payload)
    case failed(Failure)
    case timedOut(Failure)
}

/// The `LambdaFunction…` events: a function's ARN as the task's resource.
package enum LambdaFunctionEvent: Sendable, Equatable {
    /// Boxed, so that every record is smaller.
    indirect case scheduled(WorkScheduledDetails)
    case scheduleFailed(Failure)
    case started
    case startFailed(Failure)
    case succeeded(output: Payload)
    case failed(Failure)
    case timedOut(Failure)
}
