import StepwellHistory

extension ExecutionState {
    /// How long a timer gives a worker to report; nil for a timer that waits for no worker.
    package func patience(of timer: ArmedTimer) -> Patience? {
        guard timer.kind == .taskTimeout || timer.kind == .heartbeat,
            branches.contains(timer.branch),
            let dispatch = branches[timer.branch].task?.dispatch
        else { return nil }
        let isHeartbeat = timer.kind == .heartbeat
        let seconds = isHeartbeat ? dispatch.heartbeatInSeconds : dispatch.timeoutInSeconds
        return seconds.map { seconds in
            Patience(
                milliseconds: seconds.multipliedClamped(by: 1_000),
                isHeartbeat: isHeartbeat
            )
        }
    }
}
