import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// `aws-sdk:sfn:…`: actions of the Step Functions API on this engine itself.
///
/// Errors are named as AWS's SDK integrations name them, `Sfn.` and the SDK's class
/// (`Sfn.InvalidTokenException`).
struct SDKActionConnector: TaskConnector {
    let actions: SDKActions
    let engine: EngineReference

    func serves(_ resource: String) -> Bool { action(of: resource) != nil }

    /// The action that a resource names, and whether the task is called back.
    private func action(of resource: String) -> (name: String, isCallback: Bool)? {
        guard case .integration(let task) = TaskResourceName(resource).kind,
            task.resourceType == "aws-sdk:sfn"
        else { return nil }
        let parts = task.resource.split(separator: ".", omittingEmptySubsequences: false)
        guard let name = parts.first.map(String.init), actions.contains(name) else { return nil }
        switch parts.dropFirst() {
        case []: return (name, false)
        case ["waitForTaskToken"]: return (name, true)
        default: return nil
        }
    }

    func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        guard let (name, isCallback) = action(of: task.dispatch.resource),
            let engine = await engine.value()
        else { throw CancellationError() }
        if task.isSubmitted { throw CancellationError() }
        guard case .object(var parameters) = try task.dispatch.parameters.value() else {
            throw TaskFailure(
                error: "Sfn.ValidationException",
                cause: "The parameters of \(name) must be an object"
            )
        }
        // Handed out again after a crash, it must not start another.
        let isNamed = parameters["Name"].map { $0 != .null } ?? false
        if name == "startExecution", !isNamed { parameters["Name"] = .string(task.ownUUID) }
        let output: JSONValue
        do {
            output = try await actions.perform(name, parameters, engine)
        } catch let error as ServiceError {
            output = try await earlierStart(task, name, parameters, isNamed, engine, error)
        }
        return isCallback ? .submitted(Payload(output)) : .succeeded(Payload(output))
    }

    /// The start that an earlier delivery of the task has made, or the failure.
    private func earlierStart(
        _ task: ConnectorTask,
        _ name: String,
        _ parameters: JSONObject,
        _ isNamed: Bool,
        _ engine: Engine,
        _ error: ServiceError
    ) async throws -> JSONValue {
        guard name == "startExecution", error.code == "ExecutionAlreadyExists",
            let machine = parameters["StateMachineArn"]?.stringValue,
            let name = parameters["Name"]?.stringValue,
            let child = await EarlierStart(
                task: task,
                stateMachineARN: machine,
                name: name,
                isNamed: isNamed,
                input: Self.input(parameters["Input"])
            ).found(on: engine)
        else { throw Self.failure(error, of: task) }
        let described = try await actions.perform(
            "describeExecution",
            JSONObject([("ExecutionArn", .string(child.executionARN))]),
            engine
        )
        guard case .object(let members) = described else { return described }
        var started = JSONObject()
        for key in ["ExecutionArn", "StartDate"] { started[key] = members[key] }
        return .object(started)
    }

    /// The input's JSON text: a string is the text itself.
    private static func input(_ value: JSONValue?) -> [UInt8] {
        switch value {
        case nil, .null?: Array("{}".utf8)
        case .string(let text)?: Array(text.utf8)
        case let value?: JSONWriter.write(value)
        }
    }

    /// Errors that no operation's model has: the SDK has no class of its own for them.
    private static let unmodelled: Set<ServiceError.Code> = [
        "InternalServerError", "SerializationException", "ServiceUnavailable",
        "ThrottlingException", "UnknownOperationException", "RequestEntityTooLarge",
    ]

    private static func failure(_ error: ServiceError, of task: ConnectorTask) -> TaskFailure {
        let isUnmodelled = unmodelled.contains(error.code)
        let name = isUnmodelled ? "SfnException" : SDKResponse.className(of: error)
        return TaskFailure(
            error: "Sfn.\(name)",
            cause: "\(error.message) (Service: Sfn, Status Code: \(error.httpStatus), "
                + "Request ID: \(task.ownUUID)) (SDK Attempt Count: 1)"
        )
    }
}
