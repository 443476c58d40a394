package import Logging
package import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// The optimised integrations over calls of AWS services: request and response, `.sync`,
/// `.waitForTaskToken`.
///
/// A `.sync` task submits its job, and follows it when that is recorded: after a restart it goes on
/// with the job that it has. A job that is given up is stopped.
package final class ServiceConnector: TaskConnector {
    /// Rests between two looks at a job.
    package typealias Rest = @Sendable (Duration) async throws -> Void

    let aws: any AWSCalling
    let logger: Logger
    let rest: Rest
    let ledger = JobLedger()

    /// A connector that makes its calls by `aws`; `rest` waits between two looks at a job, by the
    /// clock unless told otherwise.
    package init(
        aws: any AWSCalling,
        logger: Logger = Logger(label: "stepwell.services"),
        rest: @escaping Rest = { try await Task.sleep(for: $0) }
    ) {
        self.aws = aws
        self.logger = logger
        self.rest = rest
    }

    package func serves(_ resource: String) -> Bool { IntegratedWork(resource) != nil }

    /// A job is followed again; other tasks end by their token.
    package func resumes(_ task: ConnectorTask) -> Bool {
        IntegratedWork(task.dispatch.resource)?.pattern == .sync
    }

    package func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        guard let work = IntegratedWork(task.dispatch.resource) else {
            throw TaskFailure(
                error: "Stepwell.NoHandler",
                cause: "No integration does '\(task.dispatch.resource)'."
            )
        }
        let parameters = try work.parameters(of: task)
        if task.isSubmitted, let submitted = task.submitted {
            return try follow(work, parameters, submitted, of: task)
        }
        switch work.pattern {
        case .request: return .succeeded(try await submit(work, parameters, task))
        case .callback: return .submitted(try await submit(work, parameters, task))
        case .sync:
            let submitted = try await submitJob(work, parameters, task)
            return try follow(work, parameters, submitted, of: task)
        }
    }

    private func follow(
        _ work: IntegratedWork,
        _ parameters: JSONObject,
        _ submitted: Payload,
        of task: ConnectorTask
    ) throws -> TaskOutcome {
        let job = try JobInHand(work, parameters, submitted, of: task)
        return .submittedThen(submitted) { [self] in Payload(try await end(of: job)) }
    }

    /// Makes the call of a task; the result as it is recorded.
    private func submit(
        _ work: IntegratedWork,
        _ parameters: JSONObject,
        _ task: ConnectorTask
    ) async throws -> Payload {
        do {
            return try await send(work, parameters, task)
        } catch let fault as AWSFault {
            throw work.service.failure(fault, of: task)
        }
    }

    /// Makes the call of a task; throws `AWSFault` when that fails.
    func send(
        _ work: IntegratedWork,
        _ parameters: JSONObject,
        _ task: ConnectorTask
    ) async throws -> Payload {
        let exchange = exchange(work, parameters, task)
        var request = try await work.action.request(parameters.withoutNulls, exchange)
        if case .token(let member) = work.action.idempotency, request[member] == nil {
            request[member] = .string(task.ownUUID)
        }
        let answer: AWSAnswer
        do {
            answer = try await call(work, work.action.action, request, task)
        } catch {
            guard let earlier = try await earlier(work, request, error, task) else { throw error }
            answer = earlier
        }
        let result = try await work.action.answer(answer.output, exchange)
        let shown = work.service.described(.object(result)).objectValue ?? result
        return Payload(work.service.output(shown, of: answer, requestID: task.ownUUID))
    }

    private func exchange(
        _ work: IntegratedWork,
        _ parameters: JSONObject,
        _ task: ConnectorTask
    ) -> ServiceExchange {
        ServiceExchange(task: task, pattern: work.pattern, parameters: parameters) {
            [self] service, action, request in
            do throws(AWSFault) {
                return try await call(work, action, request, task, service: service)
            } catch {
                throw work.service.failure(error, of: task)
            }
        }
    }

    /// Makes a call for a task.
    func call(
        _ work: IntegratedWork,
        _ action: String,
        _ parameters: JSONObject,
        _ task: ConnectorTask,
        service: String? = nil
    ) async throws(AWSFault) -> AWSAnswer {
        var call = AWSCall(
            service: service ?? work.action.service ?? work.service.service,
            action: action,
            parameters: parameters,
            roleARN: task.dispatch.credentialsRoleARN,
            timeout: work.action.timeout
        )
        call.roleExternalID = task.stateMachineARN
        call.idempotencyKey = task.idempotencyKey
        return try await aws.call(call)
    }

    /// What an earlier delivery of the task has done, when the service refuses to do it again: the
    /// name is taken, or what is asked for is so already.
    private func earlier(
        _ work: IntegratedWork,
        _ request: JSONObject,
        _ fault: AWSFault,
        _ task: ConnectorTask
    ) async throws -> AWSAnswer? {
        guard task.isRedelivery, case .service(let refused) = fault, refused.status < 500 else {
            return nil
        }
        switch work.action.idempotency {
        case .name(let member, let describe, let kept):
            guard let name = request[member],
                var answer = try await look(work, describe, [member: name], task)
            else { return nil }
            answer.output = JSONObject([(kept, answer.output[kept] ?? .null)])
            return answer
        case .token: return nil
        case .none:
            // What is told apart by its parameters alone is no job of the task's own, but a state
            // that it wants: whoever has brought it about, the task may go on.
            guard let rules = work.action.job,
                let reference = rules.reference.parameters(.object(request), answer: nil)
            else { return nil }
            let isGone = refused.code == rules.goneCode
            let seen = try await look(work, rules.describe, reference, task)?.output
            let status = seen.flatMap { rules.job.value(in: .object($0)) }
                .flatMap { rules.status.value(in: $0)?.stringValue }
            let isSo = status.map { rules.succeeded.contains($0) } ?? isGone
            return isSo ? AWSAnswer(output: JSONObject()) : nil
        }
    }

    /// What an action describes; nil when there is nothing, or it cannot be seen.
    private func look(
        _ work: IntegratedWork,
        _ action: String,
        _ parameters: JSONObject,
        _ task: ConnectorTask
    ) async throws -> AWSAnswer? {
        do throws(AWSFault) {
            return try await call(work, action, parameters, task)
        } catch {
            if case .cancelled = error { throw CancellationError() }
            return nil
        }
    }
}

extension IntegratedWork {
    /// The parameters of a task; throws for what is no object, or has a member that the action
    /// does not take.
    func parameters(of task: ConnectorTask) throws -> JSONObject {
        guard case .object(let members) = try task.dispatch.parameters.value() else {
            throw TaskFailure(
                error: "States.Runtime",
                cause: "The parameters of '\(task.dispatch.resource)' must be an object"
            )
        }
        for key in members.keys where !action.parameters.contains(key) {
            throw TaskFailure(
                error: "States.Runtime",
                cause: "The field '\(key)' is not supported by Step Functions"
            )
        }
        return members
    }
}
