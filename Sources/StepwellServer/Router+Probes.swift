import StepwellEngine
import StepwellHistory
package import StepwellJSON

extension Router {
    /// That the process answers, and what keeps its engine from doing all of its work; asks no
    /// other thread.
    func health() -> ServiceResponse {
        Self.probe(condition, 200)
    }

    /// What `/health` says: `status`, and `reasons` where it is degraded.
    package var condition: JSONObject {
        let condition = engine.condition
        var members = JSONObject()
        members["status"] = "ok"
        members["version"] = .string(ProductVersion.current)
        var reasons = JSONObject()
        reasons["readOnly"] = condition.readOnly.map(Self.reason)
        reasons["commitFailure"] = condition.commitFailure.map(Self.reason)
        reasons["full"] = condition.full.map(Self.reason)
        reasons["index"] = condition.indexFailure.map(Self.reason)
        if condition.quarantinedCount > 0 {
            var quarantine = JSONObject()
            quarantine["count"] = .number(JSONNumber(Int64(condition.quarantinedCount)))
            quarantine["executions"] = .array(condition.quarantined.map(Self.quarantined))
            reasons["quarantined"] = .object(quarantine)
        }
        if !reasons.isEmpty {
            members["status"] = "degraded"
            members["reasons"] = .object(reasons)
        }
        return members
    }

    /// Whether the engine takes and keeps what it is asked: goes through the shard and back.
    func readiness() async -> ServiceResponse {
        var members = JSONObject()
        do {
            try await engine.checkReadiness()
            members["status"] = "ready"
            return Self.probe(members, 200)
        } catch {
            members["status"] = "not ready"
            members["reason"] = .string("\(error)")
            return Self.probe(members, 503)
        }
    }

    /// What is measured, in Prometheus's text format, and what the engine's condition comes to.
    func measurements() -> ServiceResponse {
        let condition = engine.condition
        var text = metrics?.text() ?? ""
        let load = engine.taskLoad
        for (name, value) in [
            ("stepwell_running_tasks", load.running),
            ("stepwell_queued_tasks", load.queued),
            ("stepwell_open_executions", (try? engine.store.openExecutions()) ?? 0),
            ("stepwell_queued_reads", engine.queuedReads),
            ("stepwell_quarantined_executions", condition.quarantinedCount),
            ("stepwell_failing_commits", condition.obstacle == nil ? 0 : 1),
            ("stepwell_store_full", condition.full == nil ? 0 : 1),
            ("stepwell_unreadable_index", condition.indexFailure == nil ? 0 : 1),
        ] {
            text += "# TYPE \(name) gauge\n\(name) \(value)\n"
        }
        var response = ServiceResponse(json: Array(text.utf8))
        response.contentType = "text/plain; version=0.0.4; charset=utf-8"
        return response
    }

    private static func reason(_ error: StoreError) -> JSONValue {
        var members = JSONObject()
        members["code"] = .string("\(error.code)")
        members["message"] = .string(error.message)
        return .object(members)
    }

    private static func quarantined(_ execution: QuarantinedExecution) -> JSONValue {
        var members = JSONObject()
        members["number"] = .number(JSONNumber(Int64(execution.execution.rawValue)))
        if let arn = execution.executionARN { members["executionArn"] = .string(arn) }
        members["reason"] = reason(execution.error)
        members["failures"] = .number(JSONNumber(Int64(execution.failures)))
        return .object(members)
    }

    private static func probe(_ members: JSONObject, _ status: Int) -> ServiceResponse {
        var response = ServiceResponse(json: JSONWriter.write(.object(members)), status: status)
        response.contentType = "application/json"
        return response
    }
}
