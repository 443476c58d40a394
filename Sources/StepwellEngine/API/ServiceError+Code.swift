extension ServiceError {
    /// AWS's name of an exception (`StateMachineDoesNotExist`).
    ///
    /// The set is open, since AWS adds to it: a `switch` needs a `default`.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The name as it is on the wire.
        public let rawValue: String

        /// The code of a name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The name as it is on the wire.
        public var description: String { rawValue }
    }
}

extension ServiceError.Code: ExpressibleByStringLiteral {
    /// The code of a name that is written down.
    public init(stringLiteral name: String) {
        self.init(rawValue: name)
    }
}

extension ServiceError.Code {
    /// The name of an activity is taken, with other settings.
    public static let activityAlreadyExists: Self = "ActivityAlreadyExists"
    /// There is no such activity.
    public static let activityDoesNotExist: Self = "ActivityDoesNotExist"
    /// There are as many activities as there may be.
    public static let activityLimitExceeded: Self = "ActivityLimitExceeded"
    /// As many workers wait for tasks of the activity as may.
    public static let activityWorkerLimitExceeded: Self = "ActivityWorkerLimitExceeded"
    /// Something contradicts what is there: an alias of another routing, a version in use.
    public static let conflict: Self = "ConflictException"
    /// The name of an execution is taken, by one with another input or one that is closed.
    public static let executionAlreadyExists: Self = "ExecutionAlreadyExists"
    /// There is no such execution.
    public static let executionDoesNotExist: Self = "ExecutionDoesNotExist"
    /// As many executions are open as may be.
    public static let executionLimitExceeded: Self = "ExecutionLimitExceeded"
    /// The execution cannot be redriven; the message says why.
    public static let executionNotRedrivable: Self = "ExecutionNotRedrivable"
    /// The ARN is none, or not of the kind that is wanted.
    public static let invalidARN: Self = "InvalidArn"
    /// The definition cannot be used; the message has every problem.
    public static let invalidDefinition: Self = "InvalidDefinition"
    /// The input is no JSON, or too large.
    public static let invalidExecutionInput: Self = "InvalidExecutionInput"
    /// The name has characters that no name has, or is too long.
    public static let invalidName: Self = "InvalidName"
    /// The output is no JSON, or too large.
    public static let invalidOutput: Self = "InvalidOutput"
    /// The token is none of a task, or none of a page of this listing.
    public static let invalidToken: Self = "InvalidToken"
    /// A synchronous start whose execution continues without its caller.
    public static let executionGoesOn: Self = "ExecutionGoesOn"
    /// There is no such schedule, rule or bus.
    public static let triggerNotFound: Self = "ResourceNotFoundException"
    /// A configuration file defines the rule.
    public static let managedRule: Self = "ManagedRuleException"
    /// A pattern that is none.
    public static let invalidEventPattern: Self = "InvalidEventPatternException"
    /// An event without something that it must have.
    public static let invalidArgument: Self = "InvalidArgument"
    /// An event's detail that is no JSON object.
    public static let malformedDetail: Self = "MalformedDetail"
    /// An event whose source is reserved.
    public static let notAuthorizedForSource: Self = "NotAuthorizedForSource"
    /// There is no such event of the execution.
    public static let invalidPlace: Self = "InvalidPlace"
    /// A version, alias, Map Run or tagged resource is not there.
    public static let resourceNotFound: Self = "ResourceNotFound"
    /// There are as many versions or aliases as there may be.
    public static let serviceQuotaExceeded: Self = "ServiceQuotaExceededException"
    /// The engine ends, or its store cannot be written or read.
    public static let serviceUnavailable: Self = "ServiceUnavailable"
    /// The name of a state machine is taken, with another definition or other settings.
    public static let stateMachineAlreadyExists: Self = "StateMachineAlreadyExists"
    /// The state machine is being deleted.
    public static let stateMachineDeleting: Self = "StateMachineDeleting"
    /// There is no such state machine.
    public static let stateMachineDoesNotExist: Self = "StateMachineDoesNotExist"
    /// There are as many state machines as there may be.
    public static let stateMachineLimitExceeded: Self = "StateMachineLimitExceeded"
    /// A state machine of this type cannot do that.
    public static let stateMachineTypeNotSupported: Self = "StateMachineTypeNotSupported"
    /// The task has ended otherwise.
    public static let taskDoesNotExist: Self = "TaskDoesNotExist"
    /// The task has timed out, or its execution is closed.
    public static let taskTimedOut: Self = "TaskTimedOut"
    /// The engine has too much to do; later it may have less.
    public static let throttling: Self = "ThrottlingException"
    /// The resource would have more tags than it may.
    public static let tooManyTags: Self = "TooManyTags"
    /// A value breaks a rule of the API; the message says which.
    public static let validation: Self = "ValidationException"
}
