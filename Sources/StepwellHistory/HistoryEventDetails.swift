/// Details of `ExecutionStarted`.
package struct ExecutionStartedDetails: Sendable, Equatable {
    package var input: Payload
    package var roleARN: String
    package var stateMachineAliasARN: String?
    package var stateMachineVersionARN: String?

    package init(
        input: Payload,
        roleARN: String,
        stateMachineAliasARN: String? = nil,
        stateMachineVersionARN: String? = nil
    ) {
        self.input = input
        self.roleARN = roleARN
        self.stateMachineAliasARN = stateMachineAliasARN
        self.stateMachineVersionARN = stateMachineVersionARN
    }
}

/// Details of the `…StateEntered` events.
package struct StateEnteredDetails: Sendable, Equatable {
    package var name: String
    package var input: Payload

    package init(name: String, input: Payload) {
        self.name = name
        self.input = input
    }
}

/// Details of the `…StateExited` events.
package struct StateExitedDetails: Sendable, Equatable {
    package var name: String
    package var output: Payload
    /// The variables that the state assigned, by name in the order of the `Assign` field.
    package var assignedVariables: [AssignedVariable]

    package init(name: String, output: Payload, assignedVariables: [AssignedVariable] = []) {
        self.name = name
        self.output = output
        self.assignedVariables = assignedVariables
    }
}

/// One variable that a state assigned, with its value as JSON text.
package struct AssignedVariable: Sendable, Equatable {
    package var name: String
    package var value: Payload

    package init(name: String, value: Payload) {
        self.name = name
        self.value = value
    }
}

/// Which of the four `MapIteration…` events it is.
package enum MapIterationPhase: UInt8, Sendable, CaseIterable {
    case started = 0
    case succeeded = 1
    case failed = 2
    case aborted = 3
}

/// Details of the `MapIteration…` events.
package struct MapIterationDetails: Sendable, Equatable {
    /// The name of the Map state.
    package var name: String
    /// The iteration's index, from 0.
    package var index: Int

    package init(name: String, index: Int) {
        self.name = name
        self.index = index
    }
}

/// The `MapRun…` events.
package enum MapRunEvent: Sendable, Equatable {
    case started(mapRunARN: String)
    case succeeded
    case failed(Failure)
    case aborted
    case redriven(mapRunARN: String, redriveCount: Int)
}

/// Details of `EvaluationFailed`.
package struct EvaluationFailedDetails: Sendable, Equatable {
    package var failure: Failure
    /// The field whose expression failed, as AWS writes it (`Output`, `Arguments/x`).
    package var location: String?
    package var state: String

    package init(failure: Failure, location: String?, state: String) {
        self.failure = failure
        self.location = location
        self.state = state
    }
}
