package import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// What branches wait for, and where they are.
extension ExecutionStory {
    /// The way to a branch, `ProcessAll[3]/Parallel[0]`: the states around it with its index in
    /// each; empty for the root.
    package func path(of branch: BranchID) -> String {
        var steps: [String] = []
        var next = branch
        while branches.indices.contains(Int(next.rawValue)) {
            let origin = branches[Int(next.rawValue)]
            guard let parent = origin.parent, let index = origin.role.index else { break }
            let name = origin.parentVisit.map { definition[visits[$0].state].name } ?? "?"
            steps.append("\(name)[\(index)]")
            next = parent
        }
        return steps.reversed().joined(separator: "/")
    }

    /// What a branch waits for, and since when; `timers` are those that are armed.
    func wait(of branch: Branch, _ timers: [Ordinal: ArmedTimer]) -> BranchWait {
        let place = Int(branch.id.rawValue)
        let since = branches.indices.contains(place) ? branches[place].since : moment
        func wait(_ kind: BranchWait.Kind) -> BranchWait {
            BranchWait(kind: kind, since: since.time, sinceEventID: since.eventID)
        }
        guard state.status == .running, state.stopTime == nil else {
            let time = state.stopTime ?? since.time
            return BranchWait(kind: .nothing, since: time, sinceEventID: state.lastEventID)
        }
        switch branch.phase {
        case .waiting(let ordinal):
            let timer = timers[ordinal]
            var waiting = wait(timer?.kind == .retry ? .retry : .timer)
            waiting.until = timer?.due
            if timer?.kind == .retry, let failure = openVisit(in: branch.id)?.failure {
                waiting.error = failure.error
                waiting.cause = failure.cause
            }
            return waiting
        case .working:
            guard let task = branch.task else { return wait(.nothing) }
            return fill(wait(kind(of: task, of: branch)), with: task, of: branch, timers)
        case .joining:
            var waiting = wait(.children)
            waiting.childARN = branch.mapRun.map { state.mapRuns[$0].arn }
            return waiting
        case .entering, .entered, .chosen, .waited, .collected, .resulted, .failed, .caught,
            .ended, .aborted:
            return wait(.nothing)
        }
    }

    private func kind(of task: TaskActivation, of branch: Branch) -> BranchWait.Kind {
        if task.kind.waitsForWorker { return .activity }
        let isCallback = task.dispatch.resource.hasSuffix(".waitForTaskToken")
        return isCallback && (task.isSubmitted || task.isStarted) ? .token : .task
    }

    private func fill(
        _ wait: BranchWait,
        with task: TaskActivation,
        of branch: Branch,
        _ timers: [Ordinal: ArmedTimer]
    ) -> BranchWait {
        var wait = wait
        wait.resource = task.dispatch.resource
        wait.isStarted = task.isStarted
        wait.timeout = task.timeoutTimer.flatMap { timers[$0]?.due }
        if task.isStarted, let seconds = task.dispatch.heartbeatInSeconds {
            let (milliseconds, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000)
            wait.heartbeat = task.lastHeartbeat.advanced(
                byMilliseconds: isTooLong ? .max : milliseconds
            )
        }
        wait.deliveries = task.deliveries
        wait.token = branch.token.map { minted in
            TaskToken(
                shard: 0,
                execution: state.execution,
                ordinal: minted.ordinal,
                secret: minted.secret
            ).text
        }
        if let part = openVisit(in: branch.id)?.openPart {
            wait.childARN = parts[part].childARN
            wait.workerName = parts[part].workerName
        }
        return wait
    }
}
