package import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// Lambda functions as tasks: `lambda:invoke` with and without `.waitForTaskToken`, functions' own
/// ARNs, and `aws-sdk:lambda:invoke`.
///
/// A function that is hosted here is run here; any other is called where AWS is, when there is a
/// client for that.
package struct LambdaConnector: TaskConnector {
    /// How a task names what it calls, and what it gives back.
    private enum Form {
        /// Its resource is the function; its result what that returns.
        case function(String)
        /// `lambda:invoke`.
        case optimised(isCallback: Bool)
        /// `aws-sdk:lambda:invoke`.
        case sdk(isCallback: Bool)
    }

    private let functions: any FunctionInvoking
    private let remote: RemoteFunctions?

    /// A connector for the functions of a host, and with a client for those of AWS.
    package init(functions: any FunctionInvoking, aws: (any AWSCalling)? = nil) {
        self.functions = functions
        remote = aws.map { RemoteFunctions(aws: $0) }
    }

    package func serves(_ resource: String) -> Bool {
        switch Self.form(of: resource) {
        case .function(let name): remote != nil || functions.knows(name)
        case .optimised, .sdk: remote != nil || !functions.isEmpty
        case nil: false
        }
    }

    private static func form(of resource: String) -> Form? {
        switch TaskResourceName(resource).kind {
        case .lambdaFunction(let arn): return .function(arn)
        case .activity: return nil
        case .integration(let task):
            let isCallback = task.resource == "invoke.waitForTaskToken"
            guard task.resource == "invoke" || isCallback else { return nil }
            switch task.resourceType {
            case "lambda": return .optimised(isCallback: isCallback)
            case "aws-sdk:lambda": return .sdk(isCallback: isCallback)
            default: return nil
            }
        }
    }

    package func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        guard let form = Self.form(of: task.dispatch.resource), !task.isSubmitted else {
            throw CancellationError()
        }
        var call = try Self.invocation(task, form)
        call.traceHeader = task.traceHeader
        call.roleARN = task.dispatch.credentialsRoleARN
        let answer: FunctionAnswer
        do throws(AWSFault) {
            answer = try await invoke(call)
        } catch {
            throw Self.failure(error, form)
        }
        switch form {
        case .function: return .succeeded(try answer.output())
        case .optimised(let isCallback):
            let output = Payload(try answer.result())
            return isCallback ? .submitted(output) : .succeeded(output)
        case .sdk(let isCallback):
            let output = Payload(answer.response)
            return isCallback ? .submitted(output) : .succeeded(output)
        }
    }

    private func invoke(_ call: FunctionInvocation) async throws(AWSFault) -> FunctionAnswer {
        guard let remote, !functions.knows(call.functionName) else {
            return try await functions.invoke(call)
        }
        do throws(AWSFault) {
            return try await remote.invoke(call)
        } catch {
            // Who has functions here and no keys for AWS has named one that is not there.
            guard case .unserved = error, !functions.isEmpty else { throw error }
            return try await functions.invoke(call)
        }
    }

    private static func invocation(
        _ task: ConnectorTask,
        _ form: Form
    ) throws -> FunctionInvocation {
        let parameters = task.dispatch.parameters
        switch form {
        case .function(let name):
            return FunctionInvocation(functionName: name, payload: parameters.text)
        case .optimised:
            return try FunctionInvocation(parameters: try parameters.value(), .json)
        case .sdk:
            let call = try FunctionInvocation(parameters: try parameters.value(), .text)
            guard call.payload.isEmpty || (try? JSONParser.parse(call.payload)) != nil else {
                throw TaskFailure(
                    error: "Lambda.InvalidRequestContentException",
                    cause: "Could not parse request body into json"
                )
            }
            return call
        }
    }

    private static func failure(_ fault: AWSFault, _ form: Form) -> any Error {
        let cause: String
        switch fault {
        case .service(let fault):
            let fault = FunctionFault(
                code: fault.code,
                message: fault.message,
                status: fault.status,
                requestID: fault.requestID ?? ""
            )
            if case .sdk = form { return fault.ofSDK }
            return fault.optimised
        case .cancelled: return CancellationError()
        case .forbidden(let reason): return TaskFailure(error: "States.Permissions", cause: reason)
        case .parameters(let reason):
            return TaskFailure(error: "Lambda.InvalidParameterValueException", cause: reason)
        case .unserved(let reason), .unknownAction(let reason):
            return TaskFailure(
                error: "Stepwell.NoHandler",
                cause: "No function of that name is here (--function NAME=DIR:HANDLER, or "
                    + "'functions' in the configuration file), and \(reason)"
            )
        case .credentials(let reason): cause = "Unable to load credentials: \(reason)"
        case .unreachable(let endpoint, let fault):
            cause = "Unable to execute HTTP request to \(endpoint): \(fault)"
        }
        return TaskFailure(error: "Lambda.SdkClientException", cause: cause)
    }
}
