package import StepwellHistory
package import StepwellInterpreter

/// What `TestState` is asked.
package struct TestStateRequest: Sendable {
    /// What stands for the work of the state.
    package struct Mock: Sendable {
        /// How far a result has to agree with the API that it stands for.
        package enum FieldValidationMode: String, Sendable {
            /// Required fields are there, and every field fits.
            case strict = "STRICT"
            /// The fields that are there fit.
            case present = "PRESENT"
            case none = "NONE"
        }

        /// The result as JSON text.
        package var result: String?
        package var errorOutput: Failure?
        package var fieldValidationMode = FieldValidationMode.strict

        package init(
            result: String?,
            errorOutput: Failure?,
            fieldValidationMode: FieldValidationMode
        ) {
            self.result = result
            self.errorOutput = errorOutput
            self.fieldValidationMode = fieldValidationMode
        }
    }

    /// `stateConfiguration`.
    package struct StateConfiguration: Sendable {
        package var retrierRetryCount: Int?
        package var errorCausedByState: String?
        package var mapIterationFailureCount: Int?
        /// JSON text.
        package var mapItemReaderData: String?

        package init() {}
    }

    /// A state or, with `stateName`, a state machine.
    package var definition: String
    package var roleARN: String?
    /// JSON text.
    package var input: String?
    /// The name of a state of the machine, at whatever depth.
    package var stateName: String?
    /// A JSON object's text.
    package var variables: String?
    /// A JSON object's text.
    package var context: String?
    package var mock: Mock?
    package var configuration = StateConfiguration()
    package var revealSecrets = false

    package init(definition: String) {
        self.definition = definition
    }
}

/// What `TestState` found.
package struct TestStateResponse: Sendable {
    package var outcome: StateTrialOutcome
    package var inspection: StateInspection
    /// What was exchanged over HTTP, if anything was.
    package var exchange: InspectedExchange?
    /// The state's input.
    package var input: Payload
    /// The variables in scope after the state.
    package var variables: [AssignedVariable]
}
