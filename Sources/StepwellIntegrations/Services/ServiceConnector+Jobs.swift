import Logging
package import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// Jobs of `.sync` tasks.
extension ServiceConnector {
    /// What a look at a job has shown.
    private enum Sight {
        case running
        /// The service does not know it, or not yet.
        case missing
        /// It cannot be seen just now.
        case unclear(AWSFault)
        case ended(JSONValue)
    }

    /// How many looks in a row, and for how long, may not find the job or be refused: services do
    /// not know at once what they have begun.
    private static let misses = (count: 10, time: Duration.seconds(15))

    /// Submits a job.
    ///
    /// When the task is given up meanwhile, the call is let end all the same: what it has begun has
    /// to be stopped. When the engine ends it is broken off, and made again by the next life.
    func submitJob(
        _ work: IntegratedWork,
        _ parameters: JSONObject,
        _ task: ConnectorTask
    ) async throws -> Payload {
        let submission = Task { try await submit(work, parameters, task) }
        let submitted = try await withTaskCancellationHandler {
            try await submission.value
        } onCancel: {
            if !task.isGivenUp() { submission.cancel() }
        }
        guard Task.isCancelled else { return submitted }
        if task.isGivenUp(), let job = try? JobInHand(work, parameters, submitted, of: task) {
            stopAside(job)
        }
        throw CancellationError()
    }

    /// Waits for the end of a job: looks at it, soon at first, then after a quarter of the time
    /// that it has taken so far, ten seconds at most.
    func end(of job: JobInHand) async throws -> JSONValue {
        var waited = Duration.zero
        var misses = 0
        var missed = Duration.zero
        var isUnclear = false
        do {
            while true {
                let isLast = misses >= Self.misses.count && missed >= Self.misses.time
                let pause = min(max(.milliseconds(50), waited / 4), .seconds(10))
                switch try await look(at: job, isLast: isLast) {
                case .ended(let result): return result
                case .running:
                    misses = 0
                    missed = .zero
                    isUnclear = false
                case .unclear(let fault):
                    if !isUnclear { warn(of: fault, job) }
                    isUnclear = true
                case .missing:
                    misses += 1
                    missed += pause
                }
                try await rest(pause)
                waited += pause
            }
        } catch {
            guard Task.isCancelled else { throw error }
            if job.task.isGivenUp() { stopAside(job) }
            throw CancellationError()
        }
    }

    private func look(at job: JobInHand, isLast: Bool) async throws -> Sight {
        let answer: AWSAnswer
        do {
            answer = try await call(job.work, job.rules.describe, job.reference, job.task)
        } catch {
            return try sight(error, job, isLast)
        }
        let whole = JSONValue.object(answer.output)
        guard let found = job.rules.job.value(in: whole),
            let status = job.rules.status.value(in: found)?.stringValue
        else {
            guard !isLast else {
                throw TaskFailure(
                    error: "States.TaskFailed",
                    cause: "\(job.rules.describe) does not show what was begun: "
                        + JSONWriter.string(whole)
                )
            }
            return .missing
        }
        let hasEnded = job.rules.succeeded.contains(status)
        guard hasEnded || job.rules.failed.contains(status) else { return .running }
        let result = result(of: job, found, answer.output)
        guard hasEnded, job.rules.hasSucceeded(found) else {
            throw TaskFailure(error: "States.TaskFailed", cause: JSONWriter.string(result))
        }
        return .ended(result)
    }

    private func warn(of fault: AWSFault, _ job: JobInHand) {
        logger.warning(
            "a job cannot be looked at just now",
            metadata: ["execution": "\(job.task.executionARN)", "fault": "\(fault)"]
        )
    }

    private func sight(_ fault: AWSFault, _ job: JobInHand, _ isLast: Bool) throws -> Sight {
        if case .service(let refused) = fault, refused.code == job.rules.goneCode {
            return .ended(.object(job.submission ?? JSONObject()))
        }
        if fault.isTransient { return .unclear(fault) }
        guard !isLast else { throw job.work.service.failure(fault, of: job.task) }
        return .missing
    }

    private func result(
        of job: JobInHand,
        _ found: JSONValue,
        _ answer: JSONObject
    ) -> JSONValue {
        let shown: JSONValue
        switch job.rules.output {
        case .job: shown = found
        case .answer: shown = .object(answer)
        case .member(let name): shown = .object([name: found])
        case .submissionAndAnswer:
            var members = job.submission ?? JSONObject()
            for (key, value) in answer { members[key] = value }
            shown = .object(members)
        }
        let described = job.work.service.described(shown)
        return described.objectValue.map { .object($0.sortedByKeys) } ?? described
    }

    // MARK: Stopping

    package func stop(_ task: ConnectorTask) async throws {
        guard let work = IntegratedWork(task.dispatch.resource),
            let stop = work.action.job?.stop,
            let parameters = stop.reference.parameters(
                try task.dispatch.parameters.value(),
                answer: try task.submitted?.value()
            )
        else { return }
        try await stopJob(work, stop.action, parameters, task)
    }

    /// Stops a job; what the service refuses has ended, or is nothing that can be stopped.
    ///
    /// Throws when it is not known to be stopped.
    private func stopJob(
        _ work: IntegratedWork,
        _ action: String,
        _ parameters: JSONObject,
        _ task: ConnectorTask
    ) async throws {
        let key = task.idempotencyKey
        switch stopped.claim(key) {
        case .stopped: return
        case .underWay: throw TaskFailure(error: nil, cause: "It is being stopped.")
        case .granted: break
        }
        var isStopped = false
        defer { stopped.settle(key, isStopped: isStopped) }
        do throws(AWSFault) {
            _ = try await call(work, action, parameters, task)
        } catch {
            if case .cancelled = error { throw error }
            guard !error.isTransient else { throw error }
            logger.notice(
                "a job is not stopped",
                metadata: ["execution": "\(task.executionARN)", "fault": "\(error)"]
            )
        }
        isStopped = true
    }

    /// Stops a job beside the task that is over, for some attempts.
    ///
    /// The order that the execution's log holds stops it as well, when it knows of the submission.
    private func stopAside(_ job: JobInHand) {
        guard let stop = job.stop else { return }
        Task.detached { [self] in
            for attempt in 0..<5 {
                do {
                    return try await stopJob(job.work, stop.action, stop.parameters, job.task)
                } catch {
                    logger.warning(
                        "a job that nobody waits for is not stopped yet",
                        metadata: ["execution": "\(job.task.executionARN)", "fault": "\(error)"]
                    )
                }
                do { try await rest(.seconds(1 << attempt)) } catch { return }
            }
        }
    }
}
