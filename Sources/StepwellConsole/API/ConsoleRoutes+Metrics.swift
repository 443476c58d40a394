import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellServer

extension ConsoleRoutes {
    /// What the server has done by the minute, what it does now, and how long that takes.
    func metrics() async throws -> ResponseFields {
        var fields = ResponseFields()
        let now = settings.clock.now()
        fields.add("time", now)
        fields.add("minutes", MetricsRegistry.minutes)
        for (name, label, status) in [
            ("started", "stepwell_executions_started", nil as ExecutionStatus?),
            ("succeeded", "stepwell_executions_closed", .succeeded),
            ("failed", "stepwell_executions_closed", .failed),
            ("timedOut", "stepwell_executions_closed", .timedOut),
            ("aborted", "stepwell_executions_closed", .aborted),
            ("transitions", "stepwell_state_transitions", nil),
        ] {
            let dimensions = status.map { [("status", $0.rawValue)] } ?? []
            let minutes = settings.metrics?.lastMinutes(label, dimensions) ?? []
            fields.add(named: name, .array(minutes.map { .number(JSONNumber($0)) }))
        }
        fields.add("counts", .counts(try await engine.statusCounts(of: nil)))
        fields.add("running", try engine.store.openExecutions())
        for (name, label) in [
            ("residents", "stepwell_resident_executions"),
            ("queuedMessages", "stepwell_queued_messages"),
        ] {
            fields.add(named: name, .number(JSONNumber(settings.metrics?.gauge(label) ?? 0)))
        }
        let load = engine.taskLoad
        fields.add("openTasks", load.running)
        fields.add("queuedTasks", load.queued)
        fields.add("queuedReads", engine.queuedReads)
        var latency = ResponseFields()
        for (name, label) in [
            ("commit", "stepwell_commit_duration_seconds"),
            ("task", "stepwell_task_duration_seconds"),
            ("request", "stepwell_request_duration_seconds"),
        ] {
            guard let summary = settings.metrics?.durations(label), summary.count > 0 else {
                continue
            }
            var durations = ResponseFields()
            durations.add("count", Int(summary.count))
            durations.add("mean", summary.mean)
            durations.add("p50", summary.quantile(0.5))
            durations.add("p95", summary.quantile(0.95))
            durations.add("p99", summary.quantile(0.99))
            latency.add(named: name, durations)
        }
        fields.add("latency", latency)
        return fields
    }
}
