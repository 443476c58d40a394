import StepwellHistory
import StepwellJSON

/// SubmitJob, DescribeJobs, TerminateJob and CancelJob (Batch API reference).
extension LocalRunnerServices {
    /// Takes a job on; nil when no runner is its definition.
    func submitJob(
        _ parameters: LocalParameters,
        _ call: AWSCall
    ) async throws(AWSFault) -> JSONObject? {
        guard let definition = parameters.text("JobDefinition"),
            let runner = runner(.batch, definition)
        else { return nil }
        for name in ["NodeOverrides", "EksPropertiesOverride", "EcsPropertiesOverride"]
        where parameters[name] != nil {
            throw Self.refusal("ClientException", "\(name) is not for a local runner.")
        }
        let hasRevision = definition.hasPrefix("arn:") || definition.contains(":")
        var request = LocalJobRequest(
            id: identity(of: call),
            name: parameters.text("JobName") ?? LocalName.family(of: definition),
            runner: runner,
            definition: arn(
                "batch",
                "job-definition/",
                named: hasRevision ? definition : "\(definition):1"
            ),
            queue: arn("batch", "job-queue/", named: parameters.text("JobQueue") ?? "default")
        )
        try await fill(&request, parameters)
        let job = try await jobs.submit(request)
        return JSONObject([
            ("JobArn", .string(jobARN(job))), ("JobId", .string(request.id)),
            ("JobName", .string(request.name)),
        ])
    }

    private func fill(
        _ request: inout LocalJobRequest,
        _ parameters: LocalParameters
    ) async throws(AWSFault) {
        let overrides = LocalParameters(parameters["ContainerOverrides"])
        if let command = overrides.texts("Command") { request.command = command }
        request.environment =
            [(name: "MANAGED_BY_AWS", value: "STARTED_BY_STEP_FUNCTIONS")]
            + overrides.pairs("Environment")
        for (name, value) in LocalParameters(parameters["Parameters"]).members {
            request.parameters.append((name: name, value: value.stringValue ?? "\(value)"))
        }
        request.command = request.command.map { word in
            request.parameters.first { "Ref::\($0.name)" == word }?.value ?? word
        }
        let retries = LocalParameters(parameters["RetryStrategy"])
        if let attempts = retries.whole("Attempts") {
            guard (1...10).contains(attempts) else {
                throw Self.refusal("ClientException", "Attempts must be from 1 to 10.")
            }
            request.attempts = attempts
        }
        request.exitRules = retries.parts("EvaluateOnExit").map { rule in
            ExitRule(
                exitCode: rule.text("OnExitCode"),
                reason: rule.text("OnReason"),
                statusReason: rule.text("OnStatusReason"),
                retries: rule.text("Action")?.uppercased() == "RETRY"
            )
        }
        if let seconds = LocalParameters(parameters["Timeout"]).whole("AttemptDurationSeconds") {
            guard seconds >= 60 else {
                throw Self.refusal(
                    "ClientException",
                    "AttemptDurationSeconds must be 60 or more."
                )
            }
            request.timeout = .seconds(seconds)
        }
        if let size = LocalParameters(parameters["ArrayProperties"]).whole("Size") {
            guard (2...10_000).contains(size) else {
                throw Self.refusal("ClientException", "The size of an array is from 2 to 10000.")
            }
            request.arraySize = size
        }
        try await depend(&request, parameters.parts("DependsOn"))
    }

    private func depend(
        _ request: inout LocalJobRequest,
        _ dependencies: [LocalParameters]
    ) async throws(AWSFault) {
        guard dependencies.count <= 20 else {
            throw Self.refusal("ClientException", "A job depends on 20 jobs at most.")
        }
        for dependency in dependencies {
            let kind = dependency.text("Type")
            guard let id = dependency.text("JobId") else {
                guard kind == "SEQUENTIAL", request.arraySize != nil else {
                    throw Self.refusal("ClientException", "DependsOn names no job.")
                }
                request.isSequential = true
                continue
            }
            guard let other = await jobs.job(id) else {
                throw Self.refusal("ClientException", "Job \(id) is not known to this server.")
            }
            guard kind == "N_TO_N" else {
                request.dependencies.append(id)
                continue
            }
            guard let size = request.arraySize, other.request.arraySize == size else {
                throw Self.refusal("ClientException", "N_TO_N is for arrays of the same size.")
            }
            request.indexedDependencies.append(id)
        }
    }

    /// The jobs that are known here; nil when none of the ids was given here.
    func describeJobs(_ parameters: LocalParameters) async throws(AWSFault) -> JSONObject? {
        let ids = parameters.texts("Jobs") ?? []
        guard ids.contains(where: LocalName.isLocal) else { return nil }
        var found: [JSONValue] = []
        for id in ids {
            if let job = await jobs.job(id) { found.append(.object(detail(job))) }
        }
        return JSONObject([("Jobs", .array(found))])
    }

    /// Ends a job; nil when its id was not given here.
    func endJob(_ parameters: LocalParameters) async throws(AWSFault) -> JSONObject? {
        guard let id = parameters.text("JobId"), LocalName.isLocal(id) else { return nil }
        await jobs.terminate(id, reason: parameters.text("Reason") ?? "Terminated")
        return JSONObject()
    }

    private func jobARN(_ job: LocalJob) -> String { arn("batch", "job/\(job.request.id)") }

    /// A job as Batch describes it.
    private func detail(_ job: LocalJob) -> JSONObject {
        let request = job.request
        var detail = JSONObject()
        if let properties = array(job) { detail["ArrayProperties"] = .object(properties) }
        detail["Attempts"] = .array(job.attempts.map { .object(attempt($0, job)) })
        detail["Container"] = .object(container(job))
        detail["CreatedAt"] = Self.milliseconds(job.created)
        detail["DependsOn"] = .array(
            (request.dependencies + request.indexedDependencies).map {
                .object(["JobId": .string($0)])
            }
        )
        detail["IsCancelled"] = false
        detail["IsTerminated"] = .bool(job.terminationReason != nil)
        detail["JobArn"] = .string(jobARN(job))
        detail["JobDefinition"] = .string(request.definition)
        detail["JobId"] = .string(request.id)
        detail["JobName"] = .string(request.name)
        detail["JobQueue"] = .string(request.queue)
        detail["Parameters"] = .object(
            JSONObject(request.parameters.map { ($0.name, JSONValue.string($0.value)) })
        )
        detail["RetryStrategy"] = .object([
            "Attempts": .number(JSONNumber(Int64(request.attempts))), "EvaluateOnExit": [],
        ])
        if let started = job.started { detail["StartedAt"] = Self.milliseconds(started) }
        detail["Status"] = .string(job.status.rawValue)
        if let reason = job.reason, !reason.isEmpty { detail["StatusReason"] = .string(reason) }
        if let stopped = job.stopped { detail["StoppedAt"] = Self.milliseconds(stopped) }
        detail["Tags"] = .object(JSONObject())
        if let timeout = request.timeout {
            let seconds = JSONNumber(timeout.components.seconds)
            detail["Timeout"] = .object(["AttemptDurationSeconds": .number(seconds)])
        }
        return detail
    }

    private func array(_ job: LocalJob) -> JSONObject? {
        if let index = job.request.arrayIndex {
            return ["Index": .number(JSONNumber(Int64(index)))]
        }
        guard let size = job.request.arraySize else { return nil }
        let names: [LocalJob.Status] = [
            .failed, .pending, .runnable, .running, .submitted, .succeeded,
        ]
        let summary = names.map { status in
            (status.rawValue, JSONValue.number(JSONNumber(Int64(job.children[status] ?? 0))))
        }
        return [
            "Size": .number(JSONNumber(Int64(size))),
            "StatusSummary": .object(
                JSONObject(summary + [("STARTING", JSONValue.number(JSONNumber(Int64(0))))])
            ),
        ]
    }

    private func attempt(_ attempt: LocalJob.Attempt, _ job: LocalJob) -> JSONObject {
        var container = JSONObject()
        if let code = attempt.end.exitCode {
            container["ExitCode"] = .number(JSONNumber(Int64(code)))
        }
        container["LogStreamName"] = .string(Self.logStream(job))
        container["NetworkInterfaces"] = []
        if case .notStarted = attempt.end { container["Reason"] = .string(attempt.reason) }
        return JSONObject([
            ("Container", .object(container)), ("StartedAt", Self.milliseconds(attempt.started)),
            ("StatusReason", .string(attempt.reason)),
            ("StoppedAt", Self.milliseconds(attempt.stopped)),
        ])
    }

    private func container(_ job: LocalJob) -> JSONObject {
        let request = job.request
        var container = JSONObject([
            ("Command", .array(request.command.map { .string($0) })),
            ("Environment", Self.pairs(request.environment)),
        ])
        if let code = job.exitCode { container["ExitCode"] = .number(JSONNumber(Int64(code))) }
        if case .container(let image, _, _) = request.runner.program {
            container["Image"] = .string(image)
        }
        if job.started != nil, request.arraySize == nil {
            container["LogStreamName"] = .string(Self.logStream(job))
        }
        for name in [
            "MountPoints", "NetworkInterfaces", "ResourceRequirements", "Ulimits", "Volumes",
        ] {
            container[name] = []
        }
        return container
    }

    private static func logStream(_ job: LocalJob) -> String {
        "\(LocalName.family(of: job.request.definition))/default/\(job.request.id)"
    }

    private static func milliseconds(_ time: Timestamp) -> JSONValue {
        .number(JSONNumber(time.milliseconds))
    }
}
