package import Logging
package import StepwellEngine
import StepwellHistory

/// The local tasks and jobs of a server: those that wait, that run, and that ended lately.
///
///     pending ──▶ runnable ──▶ running ──▶ succeeded, failed
///        └───────────┴── terminated, or a dependency failed ──▶ failed
package actor LocalJobs {
    /// Jobs that ended and are still told of, the newest.
    private static let remembered = 10_000
    /// How many jobs that ended are told of at most with the children of arrays.
    private static let rememberedEntries = 50_000
    /// How many jobs may wait and run, the children of arrays counted.
    private static let maximumOpen = 100_000

    private let runner: any LocalCommandRunning
    private let live: LiveSettings
    private let clock: any EngineClock
    private let logger: Logger
    private var jobs: [String: LocalJob] = [:]
    /// Runnable jobs in the order in which they became so.
    private var ready: [String] = []
    private var running: [String: Task<Void, Never>] = [:]
    /// Who waits for the success of a job.
    private var dependents: [String: [String]] = [:]
    private var ended: [String] = []
    private var endedEntries = 0
    private var isClosed = false

    package init(
        runner: any LocalCommandRunning,
        live: LiveSettings,
        clock: any EngineClock,
        logger: Logger
    ) {
        self.runner = runner
        self.live = live
        self.clock = clock
        self.logger = logger
    }

    /// A job by its id; nil when this server does not know it, or not any more.
    func job(_ id: String) -> LocalJob? { jobs[id] }

    /// Takes a job on; one that is known by its id is not taken twice.
    ///
    /// - Throws: What the service would say of too many.
    func submit(_ request: LocalJobRequest) throws(AWSFault) -> LocalJob {
        if let known = jobs[request.id] { return known }
        let count = 1 + (request.arraySize ?? 0)
        guard jobs.count - endedEntries + count <= Self.maximumOpen else {
            throw LocalRunnerServices.refusal(
                "ClientException",
                "More than \(Self.maximumOpen) jobs would wait for this server."
            )
        }
        var job = LocalJob(request, at: clock.now())
        guard let size = request.arraySize else {
            jobs[request.id] = job
            enter(request.id, waitingFor: request.dependencies)
            startReady()
            return jobs[request.id] ?? job
        }
        job.status = .pending
        job.children = [.submitted: size]
        jobs[request.id] = job
        for index in 0..<size {
            let child = request.child(index)
            jobs[child.id] = LocalJob(child, at: job.created)
            enter(child.id, waitingFor: request.dependencies + child.dependencies)
        }
        startReady()
        return jobs[request.id] ?? job
    }

    /// Has a job end, whether it runs or not; an array with all its children.
    func terminate(_ id: String, reason: String) {
        guard let job = jobs[id], !job.status.isOver else { return }
        jobs[id]?.terminationReason = reason
        let size = job.request.arraySize
        let ids = size.map { size in (0..<size).map { "\(id):\($0)" } } ?? [id]
        let waiting = Set(ids.filter { running[$0] == nil })
        ready.removeAll { waiting.contains($0) }
        for id in ids {
            jobs[id]?.terminationReason = reason
            if let task = running[id] { task.cancel() } else { end(id, .failed, reason) }
        }
    }

    /// Ends everything; returns when no program runs any more.
    package func shutdown() async {
        isClosed = true
        let tasks = running.values.map { $0 }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    // MARK: Waiting

    private func enter(_ id: String, waitingFor dependencies: [String]) {
        var open = 0
        for dependency in dependencies {
            switch jobs[dependency]?.status {
            case .succeeded: continue
            case .failed, nil: return end(id, .failed, Self.dependencyFailed)
            case .submitted, .pending, .runnable, .running:
                open += 1
                dependents[dependency, default: []].append(id)
            }
        }
        jobs[id]?.openDependencies = open
        move(id, to: open == 0 ? .runnable : .pending)
        if open == 0 { ready.append(id) }
    }

    private static let dependencyFailed = "Dependent Job failed"

    private func move(_ id: String, to status: LocalJob.Status) {
        guard let former = jobs[id]?.status else { return }
        jobs[id]?.status = status
        guard let parent = arrayID(of: id) else { return }
        jobs[parent]?.children[former, default: 0] -= 1
        jobs[parent]?.children[status, default: 0] += 1
        if status == .running, jobs[parent]?.started == nil {
            jobs[parent]?.started = clock.now()
            jobs[parent]?.status = .running
        }
    }

    private func arrayID(of id: String) -> String? {
        guard jobs[id]?.request.arrayIndex != nil else { return nil }
        return id.split(separator: ":").first.map(String.init)
    }

    // MARK: Running

    private func startReady() {
        var next = ready.startIndex
        while !isClosed, next < ready.endIndex, running.count < live.current.runnerConcurrency {
            let id = ready[next]
            next += 1
            move(id, to: .running)
            jobs[id]?.started = clock.now()
            running[id] = Task { await self.work(on: id) }
        }
        ready.removeFirst(next)
    }

    private func work(on id: String) async {
        guard let request = jobs[id]?.request else { return }
        let lines = JobLines(request, logger)
        for number in 1... {
            let started = clock.now()
            let (end, isOverTime) = await attempt(request, number, lines)
            let reason = reason(of: end, isOverTime, id)
            let attempt = LocalJob.Attempt(
                started: started,
                stopped: clock.now(),
                end: end,
                reason: reason
            )
            jobs[id]?.attempts.append(attempt)
            if end == .exited(0), jobs[id]?.terminationReason == nil {
                self.end(id, .succeeded, reason)
                break
            }
            let isFinal = isOverTime || Task.isCancelled || isClosed
            if isFinal || number >= request.attempts || !request.isTriedAgain(after: attempt) {
                self.end(id, .failed, reason)
                break
            }
        }
        lines.finish()
        running[id] = nil
        startReady()
    }

    /// Runs the program once; whether it took too long.
    private func attempt(
        _ request: LocalJobRequest,
        _ number: Int,
        _ lines: JobLines
    ) async -> (end: LocalCommandEnd, isOverTime: Bool) {
        let command = request.localCommand(attempt: number)
        let runner = runner
        guard let timeout = request.timeout else {
            return (await runner.run(command) { lines.take($0) }, false)
        }
        return await withTaskGroup(of: LocalCommandEnd?.self) { group in
            group.addTask { await runner.run(command) { lines.take($0) } }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return nil
            }
            var end: LocalCommandEnd?
            var isOverTime = false
            for await result in group {
                if let result {
                    end = result
                    group.cancelAll()
                } else if end == nil, !Task.isCancelled {
                    isOverTime = true
                    group.cancelAll()
                }
            }
            return (end ?? .notStarted("it was not run"), isOverTime)
        }
    }

    private func reason(of end: LocalCommandEnd, _ isOverTime: Bool, _ id: String) -> String {
        if let reason = jobs[id]?.terminationReason { return reason }
        if isClosed { return "The server ended" }
        if isOverTime { return "Job attempt duration exceeded timeout" }
        switch end {
        case .exited, .killed: return "Essential container in task exited"
        case .notStarted(let why): return "CannotStartContainerError: \(why)"
        }
    }

    // MARK: The end

    /// A job that is to end, and how.
    private typealias Ending = (id: String, status: LocalJob.Status, reason: String)

    /// Ends a job, and with it those that cannot begin without it; a chain of them may be long.
    private func end(_ id: String, _ status: LocalJob.Status, _ reason: String) {
        var open: [Ending] = [(id, status, reason)]
        while let next = open.popLast() {
            guard let job = jobs[next.id], !job.status.isOver else { continue }
            move(next.id, to: next.status)
            jobs[next.id]?.stopped = clock.now()
            jobs[next.id]?.reason = next.reason
            for dependent in dependents.removeValue(forKey: next.id) ?? [] {
                if next.status == .succeeded {
                    release(dependent)
                } else {
                    open.append((dependent, .failed, Self.dependencyFailed))
                }
            }
            if job.request.arrayIndex == nil { forget(next.id) }
            if let id = arrayID(of: next.id), let array = arrayEnd(id) { open.append(array) }
        }
    }

    /// One of the jobs that a job waits for has succeeded.
    private func release(_ id: String) {
        jobs[id]?.openDependencies -= 1
        guard jobs[id]?.openDependencies == 0, jobs[id]?.status == .pending else { return }
        move(id, to: .runnable)
        ready.append(id)
    }

    /// How an array ends with the last of its children; nil while there are others.
    private func arrayEnd(_ id: String) -> Ending? {
        guard let job = jobs[id], let size = job.request.arraySize else { return nil }
        let failed = job.children[.failed] ?? 0
        guard failed + (job.children[.succeeded] ?? 0) == size else { return nil }
        let reason = job.terminationReason ?? (failed > 0 ? "Array Child Job failed" : "")
        return (id, failed > 0 ? .failed : .succeeded, reason)
    }

    /// Keeps the number of ended jobs bounded.
    private func forget(_ id: String) {
        ended.append(id)
        endedEntries += 1 + (jobs[id]?.request.arraySize ?? 0)
        while ended.count > Self.remembered || endedEntries > Self.rememberedEntries,
            ended.count > 1
        {
            let oldest = ended.removeFirst()
            let size = jobs[oldest]?.request.arraySize ?? 0
            for index in 0..<size { jobs["\(oldest):\(index)"] = nil }
            jobs[oldest] = nil
            endedEntries -= 1 + size
        }
    }
}
