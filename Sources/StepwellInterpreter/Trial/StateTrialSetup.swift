package import StepwellHistory
package import StepwellJSON

/// What one trial of a state is given.
package struct StateTrialSetup: Sendable {
    /// What stands for the work of a Task, Parallel or Map state.
    package enum Mock: Sendable {
        /// The work's result.
        case result(Payload)
        /// The work fails.
        case failure(Failure)
    }

    /// The start of the execution that the state seems to be part of.
    package var start: StartInput
    /// The role in the context object; nil when the request names none.
    package var roleARN: String?
    package var mock: Mock?
    /// The whole context object, in place of one that is made up.
    package var context: JSONObject?
    /// The variables in scope, in order.
    package var variables: [AssignedVariable] = []
    /// How often each retrier has been used already.
    package var retryCount = 0
    /// How many iterations of a Map state have failed.
    package var failedIterations = 0
    /// What an item reader would have read.
    package var readerItems: Payload?
    /// What the reader's `ItemsPointer` finds; nil where it has none.
    package var pointedItems: Payload?

    package init(start: StartInput) {
        self.start = start
    }
}

/// What became of a tried state.
package struct StateTrialOutcome: Sendable {
    /// The status of a TestState response.
    package enum Status: String, Sendable {
        case succeeded = "SUCCEEDED"
        case failed = "FAILED"
        case retriable = "RETRIABLE"
        case caughtError = "CAUGHT_ERROR"
    }

    package var status: Status
    package var output: Payload?
    package var failure: Failure?
    /// The name of the state that would follow.
    package var nextState: String?

    package init(
        status: Status,
        output: Payload? = nil,
        failure: Failure? = nil,
        nextState: String? = nil
    ) {
        self.status = status
        self.output = output
        self.failure = failure
        self.nextState = nextState
    }
}
