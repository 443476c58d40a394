import Metrics
import StepwellHistory
import StepwellInterpreter
import Tracing

/// Counts and times what the engine does, for swift-metrics and swift-distributed-tracing.
///
/// Spans belong to the trace that the execution was started in: one per execution, emitted when it
/// closes with the times the log has, so that it is whole even when the engine was restarted in
/// between; one per delivery of a task.
final class EngineObserver: Sendable {
    private let started = Counter(label: "stepwell_executions_started")
    private let succeeded = EngineObserver.closings(.succeeded)
    private let failed = EngineObserver.closings(.failed)
    private let timedOut = EngineObserver.closings(.timedOut)
    private let aborted = EngineObserver.closings(.aborted)
    private let transitions = Counter(label: "stepwell_state_transitions")
    private let commits = Metrics.Timer(label: "stepwell_commit_duration")
    private let commitTurns = Recorder(label: "stepwell_commit_turns")
    private let commitFailures = Counter(label: "stepwell_commit_failures")
    private let residents = Gauge(label: "stepwell_resident_executions")
    private let queued = Gauge(label: "stepwell_queued_messages")
    private let readerLag = Gauge(label: "stepwell_reader_lag_commits")
    private let deadReaders = Counter(label: "stepwell_dead_readers")
    private let tasks = Metrics.Timer(label: "stepwell_task_duration")

    private static func closings(_ status: ExecutionStatus) -> Counter {
        Counter(
            label: "stepwell_executions_closed",
            dimensions: [("status", status.rawValue)]
        )
    }

    func turned(starts: Int, transitions count: Int) {
        if starts > 0 { started.increment(by: starts) }
        if count > 0 { transitions.increment(by: count) }
    }

    func committed(turns: Int, in duration: Duration) {
        commits.record(duration: duration)
        commitTurns.record(turns)
    }

    func commitFailed() {
        commitFailures.increment()
    }

    func measured(residents count: Int, queued messages: Int) {
        residents.record(count)
        queued.record(messages)
    }

    func readersChecked(_ report: ReaderReport) {
        readerLag.record(report.lag)
        if report.cleared > 0 { deadReaders.increment(by: report.cleared) }
    }

    func closed(_ execution: ClosedExecution) {
        counter(of: execution.status)?.increment()
        let span = startSpan(
            "stepwell.execution",
            context: TraceContext.spanContext(of: execution.traceHeader),
            ofKind: .server,
            at: execution.startDate.instant
        )
        span.attributes["stepwell.execution.arn"] = execution.executionARN
        span.attributes["stepwell.state_machine.arn"] = execution.stateMachineARN
        span.attributes["stepwell.execution.status"] = execution.status.rawValue
        if execution.status != .succeeded { span.setStatus(SpanStatus(code: .error)) }
        span.end(at: execution.stopDate.instant)
    }

    /// Has a task done within a span.
    func observing(
        _ assignment: TaskAssignment,
        _ work: () async throws -> TaskOutcome
    ) async throws -> TaskOutcome {
        let begin = ContinuousClock.now
        defer { tasks.record(duration: ContinuousClock.now - begin) }
        let context = TraceContext.spanContext(of: assignment.traceHeader)
        return try await withSpan("stepwell.task", context: context, ofKind: .client) { span in
            span.attributes["stepwell.execution.arn"] = assignment.executionARN
            span.attributes["stepwell.task.resource"] = assignment.dispatch.resource
            span.attributes["stepwell.task.state"] = assignment.dispatch.stateName
            span.attributes["stepwell.task.event_id"] = assignment.dispatch.scheduledEventID
            span.attributes["stepwell.task.redelivery"] = assignment.isRedelivery
            return try await work()
        }
    }

    private func counter(of status: ExecutionStatus) -> Counter? {
        switch status {
        case .running: nil
        case .succeeded: succeeded
        case .failed: failed
        case .timedOut: timedOut
        case .aborted: aborted
        }
    }
}

extension Timestamp {
    fileprivate var instant: DefaultTracerClock.Timestamp {
        DefaultTracerClock.Timestamp(
            nanosecondsSinceEpoch: UInt64(max(0, milliseconds)) &* 1_000_000
        )
    }
}
