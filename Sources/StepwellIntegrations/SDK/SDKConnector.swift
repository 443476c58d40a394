package import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// `aws-sdk:SERVICE:ACTION` and `….waitForTaskToken`: any action of any AWS service that there is
/// a model of.
///
/// Parameters, results and errors have the names of the AWS SDK for Java 2, as AWS has it.
package struct SDKConnector: TaskConnector {
    private let client: any AWSCalling

    /// A connector that calls by a client.
    package init(aws client: any AWSCalling) {
        self.client = client
    }

    package func serves(_ resource: String) -> Bool {
        guard let action = SDKAction(resource) else { return false }
        return client.mayKnow(service: action.service, action: action.name)
    }

    package func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        guard let action = SDKAction(task.dispatch.resource) else { throw CancellationError() }
        if task.isSubmitted { throw CancellationError() }
        guard case .object(let parameters) = try task.dispatch.parameters.value() else {
            throw SDKFailure.parameters("the parameters must be an object", of: task)
        }
        let isSpelledAnew = DynamoDBSpelling.isSpoken(by: action.service)
        var call = AWSCall(
            service: action.service,
            action: action.name,
            parameters: isSpelledAnew ? DynamoDBSpelling.request(parameters) : parameters,
            roleARN: task.dispatch.credentialsRoleARN,
            timeout: .seconds(task.dispatch.timeoutInSeconds ?? 60)
        )
        call.roleExternalID = task.stateMachineARN
        call.idempotencyKey = task.idempotencyKey
        call.quotesPayload = true
        call.isStrict = true
        let answer: AWSAnswer
        do {
            answer = try await client.call(call)
        } catch {
            let name = client.clientName(service: action.service, action: action.name)
            throw try SDKFailure.failure(
                error,
                client: name ?? SDKClientNames.name(of: action.service),
                of: task
            )
        }
        let shown = isSpelledAnew ? DynamoDBSpelling.answer(answer.output) : answer.output
        let output = Payload(.object(shown))
        return action.isCallback ? .submitted(output) : .succeeded(output)
    }
}
