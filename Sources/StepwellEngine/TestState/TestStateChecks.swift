import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// What a TestState request may be, in AWS's words where they are recorded.
struct TestStateChecks {
    let request: TestStateRequest
    let tried: TriedState

    /// Throws `ValidationException` or `InvalidDefinition`.
    func check() throws(ServiceError) {
        try checkMocklessness()
        guard let mock = request.mock else { return }
        try checkType()
        if request.revealSecrets {
            throw .validation("TestState does not support RevealSecrets when a mock is specified.")
        }
        if mock.result != nil, mock.errorOutput != nil {
            throw .validation(
                "A test mock should have only one of the following fields: [result, errorOutput]."
            )
        }
        if mock.result == nil, mock.errorOutput == nil {
            throw .validation(
                "A test mock should have one of the following fields: [result, errorOutput]."
            )
        }
        if let failure = mock.errorOutput, failure.error == nil {
            throw .validation("An error was not specified in the mocked error output.")
        }
        try checkCause()
        if let text = mock.result { try check(result: Self.json(text), mode: mock) }
    }

    /// What only makes sense with a mock, and what needs one.
    private func checkMocklessness() throws(ServiceError) {
        guard request.mock == nil else { return }
        let configuration = request.configuration
        let given: [(String, Bool)] = [
            ("RetrierRetryCount", configuration.retrierRetryCount != nil),
            ("ErrorCausedByState", configuration.errorCausedByState != nil),
            ("MapIterationFailureCount", configuration.mapIterationFailureCount != nil),
            ("MapItemReaderData", configuration.mapItemReaderData != nil),
            ("Context", request.context != nil),
        ]
        for (name, isGiven) in given where isGiven {
            throw .validation("TestState does not support \(name) when a mock is not specified.")
        }
        switch tried.state.kind {
        case .map, .parallel:
            throw ServiceError(
                code: "InvalidDefinition",
                message: "TestState API does not support Map or Parallel states. Supported state "
                    + "types include: [Task, Wait, Pass, Succeed, Fail, Choice]"
            )
        case .task(let fields):
            guard request.roleARN != nil else {
                throw .validation("RoleArn must be specified when testing a Task state")
            }
            guard !TaskPattern(fields.resource).needsMock else {
                throw ServiceError(
                    code: "InvalidDefinition",
                    message: "TestState API supports the resource '\(fields.resource)' only when "
                        + "a mock is specified."
                )
            }
        case .pass, .choice, .wait, .succeed, .fail: return
        }
    }

    private func checkType() throws(ServiceError) {
        switch tried.state.kind {
        case .task, .map, .parallel: return
        case .pass, .choice, .wait, .succeed, .fail:
            throw .validation(
                "State type '\(tried.state.kind.typeName)' is not supported when a mock is "
                    + "specified"
            )
        }
    }

    private func checkCause() throws(ServiceError) {
        guard let name = request.configuration.errorCausedByState else { return }
        let definition = tried.definition
        guard let cause = definition.index(ofState: name) else {
            throw .validation("The state '\(name)' of errorCausedByState is not in the definition.")
        }
        var scope = definition[definition[cause].scope]
        while let owner = scope.owner {
            if owner == tried.index { return }
            scope = definition[definition[owner].scope]
        }
        throw .validation(
            "The state '\(name)' of errorCausedByState is not inside '\(tried.state.name)'."
        )
    }

    private func check(
        result: JSONValue,
        mode mock: TestStateRequest.Mock
    ) throws(ServiceError) {
        switch tried.state.kind {
        case .map:
            // A writer without a resource gives the results themselves.
            if tried.fields["ResultWriter"]?["Resource"] != nil {
                guard result.objectValue != nil else {
                    throw .validation("Mocked result must be a JSON object.")
                }
            } else if result.arrayValue == nil {
                throw .validation("Mocked result must be an array.")
            }
        case .parallel(let fields):
            guard let results = result.arrayValue else {
                throw .validation("Mocked result must be an array.")
            }
            guard results.count == fields.branches.count else {
                throw .validation(
                    "Mocked result must contain the same number of items as number of Parallel "
                        + "branches."
                )
            }
        case .task(let fields):
            let mode = mock.fieldValidationMode
            try MockShapes.check(result, of: fields.resource, mode: mode)
        case .pass, .choice, .wait, .succeed, .fail: return
        }
    }

    private static func json(_ text: String) throws(ServiceError) -> JSONValue {
        do {
            return try JSONParser.parse(Array(text.utf8))
        } catch {
            throw .validation("Mocked result must be valid JSON")
        }
    }
}

/// How a Task state waits for its work.
struct TaskPattern {
    /// Whether TestState can have it done only by a mock: an activity, a job or a callback.
    let needsMock: Bool
    /// Whether it is a job or a callback.
    let isInTwoHalves: Bool

    init(_ resource: String) {
        let isActivity = resource.contains(":states:") && resource.contains(":activity:")
        isInTwoHalves = [".sync", ".sync:2", ".waitForTaskToken"].contains {
            resource.hasSuffix($0)
        }
        needsMock = isActivity || isInTwoHalves
    }
}
