import StepwellHistory
import StepwellJSON

/// RunTask, DescribeTasks and StopTask (ECS API reference).
extension LocalRunnerServices {
    /// Starts a task; nil when no runner is its definition.
    func runTask(
        _ parameters: LocalParameters,
        _ call: AWSCall
    ) async throws(AWSFault) -> JSONObject? {
        guard let definition = parameters.text("TaskDefinition"),
            let runner = runner(.ecs, definition)
        else { return nil }
        guard (parameters.whole("Count") ?? 1) == 1 else {
            throw Self.refusal(
                "InvalidParameterException",
                "A local runner runs one task at a time."
            )
        }
        let id = identity(of: call).replacing("-", with: "")
        let cluster = parameters.text("Cluster") ?? "default"
        var request = LocalJobRequest(
            id: id,
            name: LocalName.family(of: definition),
            runner: runner,
            definition: taskDefinition(definition),
            queue: arn("ecs", "cluster/", named: cluster)
        )
        request.attempts = 1
        request.group = parameters.text("Group")
        request.launchType = parameters.text("LaunchType")
        try override(&request, LocalParameters(parameters["Overrides"]))
        let job = try await jobs.submit(request)
        return JSONObject([("Failures", .array([])), ("Tasks", .array([.object(task(job))]))])
    }

    private func taskDefinition(_ name: String) -> String {
        let hasRevision = name.hasPrefix("arn:") || name.contains(":")
        return arn("ecs", "task-definition/", named: hasRevision ? name : "\(name):1")
    }

    private func override(
        _ request: inout LocalJobRequest,
        _ overrides: LocalParameters
    ) throws(AWSFault) {
        for container in overrides.parts("ContainerOverrides") {
            let name = container.text("Name") ?? ""
            guard name == request.runner.container else {
                throw Self.refusal(
                    "InvalidParameterException",
                    "Override for container named \(name) is not a container in the TaskDefinition."
                )
            }
            guard container["EnvironmentFiles"] == nil else {
                throw Self.refusal(
                    "InvalidParameterException",
                    "Environment files are not read by local runners."
                )
            }
            if let command = container.texts("Command") { request.command = command }
            request.environment += container.pairs("Environment")
        }
    }

    /// The tasks that are known here; nil when none of the ids was given here.
    func describeTasks(_ parameters: LocalParameters) async throws(AWSFault) -> JSONObject? {
        let ids = parameters.texts("Tasks") ?? []
        guard ids.contains(where: LocalName.isLocal) else { return nil }
        var tasks: [JSONValue] = []
        var failures: [JSONValue] = []
        for id in ids {
            if let job = await jobs.job(Self.taskID(id)) {
                tasks.append(.object(task(job)))
            } else {
                failures.append(.object(["Arn": .string(id), "Reason": "MISSING"]))
            }
        }
        return JSONObject([("Failures", .array(failures)), ("Tasks", .array(tasks))])
    }

    /// Ends a task; nil when its id was not given here.
    func stopTask(_ parameters: LocalParameters) async throws(AWSFault) -> JSONObject? {
        guard let id = parameters.text("Task"), LocalName.isLocal(id) else { return nil }
        let reason = parameters.text("Reason") ?? "Task stopped by user"
        await jobs.terminate(Self.taskID(id), reason: reason)
        guard let job = await jobs.job(Self.taskID(id)) else {
            throw Self.refusal("InvalidParameterException", "The referenced task was not found.")
        }
        return JSONObject([("Task", .object(task(job)))])
    }

    private static func taskID(_ id: String) -> String {
        id.split(separator: "/").last.map(String.init) ?? id
    }

    /// A task as ECS describes it.
    private func task(_ job: LocalJob) -> JSONObject {
        let request = job.request
        let cluster = request.queue.split(separator: "/").last.map(String.init) ?? "default"
        let arn = arn("ecs", "task/\(cluster)/\(request.id)")
        let status = job.status.isOver ? "STOPPED" : job.status == .running ? "RUNNING" : "PENDING"
        var task: JSONObject = [
            "Attachments": .array([]), "Attributes": .array([]),
            "ClusterArn": .string(request.queue),
            "Containers": .array([.object(container(job, task: arn, status))]),
            "CreatedAt": .string(job.created.rfc3339),
            "DesiredStatus": .string(job.status.isOver ? "STOPPED" : "RUNNING"),
            "Group": .string(request.group ?? "family:\(request.name)"),
            "LastStatus": .string(status),
            "LaunchType": .string(request.launchType ?? "EXTERNAL"),
            "Overrides": .object(overrides(request)),
            "StartedBy": .string("AWS Step Functions"), "Tags": .array([]),
            "TaskArn": .string(arn), "TaskDefinitionArn": .string(request.definition),
        ]
        if let started = job.started { task["StartedAt"] = .string(started.rfc3339) }
        if let stopped = job.stopped {
            let time = JSONValue.string(stopped.rfc3339)
            for name in ["ExecutionStoppedAt", "StoppingAt", "StoppedAt"] { task[name] = time }
            task["StopCode"] = .string(Self.stopCode(job))
            task["StoppedReason"] = .string(job.reason ?? "")
        }
        task["Version"] = .number(JSONNumber(Int64(1 + job.attempts.count)))
        return task
    }

    private static func stopCode(_ job: LocalJob) -> String {
        if job.terminationReason != nil { return "UserInitiated" }
        if case .notStarted = job.attempts.last?.end { return "TaskFailedToStart" }
        return "EssentialContainerExited"
    }

    private func container(_ job: LocalJob, task: String, _ status: String) -> JSONObject {
        let request = job.request
        var container: JSONObject = [
            "ContainerArn": .string(task.replacing(":task/", with: ":container/")),
            "Cpu": .string("0"),
        ]
        if let code = job.exitCode { container["ExitCode"] = .number(JSONNumber(Int64(code))) }
        container["GpuIds"] = .array([])
        if case .container(let image, _, _) = request.runner.program {
            container["Image"] = .string(image)
        }
        container["LastStatus"] = .string(status)
        container["ManagedAgents"] = .array([])
        container["Name"] = .string(request.runner.container)
        container["NetworkBindings"] = .array([])
        container["NetworkInterfaces"] = .array([])
        if case .notStarted? = job.attempts.last?.end {
            container["Reason"] = .string(job.reason ?? "")
        }
        container["TaskArn"] = .string(task)
        return container
    }

    private func overrides(_ request: LocalJobRequest) -> JSONObject {
        var container = JSONObject()
        if request.command != request.runner.command {
            container["Command"] = .array(request.command.map { .string($0) })
        }
        if !request.environment.isEmpty {
            container["Environment"] = Self.pairs(request.environment)
        }
        container["Name"] = .string(request.runner.container)
        return JSONObject([
            ("ContainerOverrides", .array([.object(container)])),
            ("InferenceAcceleratorOverrides", .array([])),
        ])
    }

    /// `[{Name, Value}]`.
    static func pairs(_ pairs: [(name: String, value: String)]) -> JSONValue {
        .array(pairs.map { .object(["Name": .string($0.name), "Value": .string($0.value)]) })
    }
}
