package import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// Stands in front of the connector of ECS tasks and Batch jobs, for what became of local ones
/// when the server that ran them ended: their processes ended with it.
package struct LocalRunnerConnector: TaskConnector {
    private let services: LocalRunnerServices
    private let next: any TaskConnector

    /// A connector in front of another, which makes its calls by `services`.
    package init(_ services: LocalRunnerServices, before next: any TaskConnector) {
        self.services = services
        self.next = next
    }

    package func serves(_ resource: String) -> Bool { next.serves(resource) }

    package func resumes(_ task: ConnectorTask) -> Bool { next.resumes(task) }

    package func stop(_ task: ConnectorTask) async throws { try await next.stop(task) }

    package func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        if task.isSubmitted, let submitted = task.submitted,
            let id = Self.id(in: (try? submitted.value()) ?? .null), LocalName.isLocal(id),
            await services.jobs.job(id) == nil
        {
            try await revive(task, id)
        }
        return try await next.run(task)
    }

    /// Has a job run again under its id, where its runner says so.
    private func revive(_ task: ConnectorTask, _ id: String) async throws {
        let parameters = (try? task.dispatch.parameters.value())?.objectValue ?? JSONObject()
        let isTask = parameters["TaskDefinition"] != nil
        let definition = parameters[isTask ? "TaskDefinition" : "JobDefinition"]?.stringValue ?? ""
        guard services.runner(isTask ? .ecs : .batch, definition)?.reruns == true else {
            throw TaskFailure(
                error: "Stepwell.JobLost",
                cause: "The job '\(id)' ended with the server that ran it. With 'rerun: true' for "
                    + "its runner it would be run again."
            )
        }
        var call = AWSCall(
            service: isTask ? "ecs" : "batch",
            action: isTask ? "RunTask" : "SubmitJob",
            parameters: parameters
        )
        call.idempotencyKey = task.idempotencyKey
        do {
            _ = try await services.call(call)
        } catch {
            throw TaskFailure(error: "Stepwell.JobLost", cause: "\(error)")
        }
    }

    /// The id of the job that a submission came to.
    private static func id(in submitted: JSONValue) -> String? {
        if let id = submitted["JobId"]?.stringValue { return id }
        let arn = submitted["Tasks"]?[0]?["TaskArn"]?.stringValue
        return arn?.split(separator: "/").last.map(String.init)
    }
}
