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
        let key = task.idempotencyKey
        ledger.begin(key)
        let submission = Task { try await send(work, parameters, task) }
        let result = await withTaskCancellationHandler {
            await submission.result
        } onCancel: {
            if !task.isGivenUp() { submission.cancel() }
        }
        switch result {
        case .success(let submitted):
            guard Task.isCancelled else { return submitted }
            let job = try? JobInHand(work, parameters, submitted, of: task)
            ledger.giveUp(key, job?.stop?.parameters)
            throw CancellationError()
        case .failure(let error):
            let isDoubtful = (error as? AWSFault)?.mayHaveBegun ?? false
            if isDoubtful { ledger.giveUp(key, nil) } else { ledger.end(key) }
            throw (error as? AWSFault).map { work.service.failure($0, of: task) } ?? error
        }
    }

    /// Waits for the end of a job: looks at it, soon at first, then after a quarter of the time
    /// that it has taken so far, ten seconds at most.
    func end(of job: JobInHand) async throws -> JSONValue {
        var waited = Duration.zero
        var misses = 0
        var missed = Duration.zero
        var isUnclear = false
        let key = job.task.idempotencyKey
        defer { ledger.end(key) }
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
            // It may have been given up before its submission was recorded.
            if let stop = job.stop { ledger.giveUp(key, stop.parameters) }
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
            let parameters = try await parameters(of: stop, task, work)
        else { return }
        do throws(AWSFault) {
            _ = try await call(work, stop.action, parameters, task)
        } catch {
            if case .cancelled = error { throw error }
            guard !error.isTransient else { throw error }
            // It has ended, or is nothing that can be stopped.
            logger.notice(
                "a job is not stopped",
                metadata: ["execution": "\(task.executionARN)", "fault": "\(error)"]
            )
        }
    }

    /// The parameters that stop the job of a task that was given up; nil when there is no job, or
    /// none that could be found.
    ///
    /// Throws when that has to be asked again.
    private func parameters(
        of stop: JobRules.Stop,
        _ task: ConnectorTask,
        _ work: IntegratedWork
    ) async throws -> JSONObject? {
        let given = try task.dispatch.parameters.value()
        if let submitted = task.submitted {
            return stop.reference.parameters(given, answer: try submitted.value())
        }
        switch ledger.knowledge(task.idempotencyKey) {
        case .inHand: throw TaskFailure(error: nil, cause: "It is being submitted.")
        case .begun(let parameters): return parameters
        case .none where !task.isRedelivery: return nil
        case .none, .doubtful: break
        }
        if let named = stop.reference.parameters(given, answer: nil) { return named }
        guard case .token = work.action.idempotency else { return nil }
        return stop.reference.parameters(given, answer: try await found(work, task)?.value())
    }

    /// What the submission was answered with that an earlier life may have made; nil when the
    /// service refuses it.
    ///
    /// It is made again: the service knows it by its token, and nothing else tells the job's id.
    private func found(_ work: IntegratedWork, _ task: ConnectorTask) async throws -> Payload? {
        do {
            return try await send(work, try work.parameters(of: task), task)
        } catch let fault as AWSFault {
            guard fault.mayHaveBegun || fault.isTransient else { return nil }
            throw fault
        } catch is TaskFailure {
            return nil
        }
    }
}
