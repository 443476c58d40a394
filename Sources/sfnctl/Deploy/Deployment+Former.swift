import StepwellEngine
import StepwellJSON
import StepwellTemplates

extension Deployment {
    /// Deals with triggers that a former deployment of a stack has made, and its template has not.
    ///
    /// They go where that is asked for, and are named else. What there is then is recorded.
    func reconcile(_ plan: TemplatePlan, stack: String) async throws -> [Row] {
        let made = plan.triggers.compactMap(DeployedTrigger.init)
        let record: JSONObject = ["Stack": .string(stack)]
        let answer = try await target.call("triggers", "DescribeDeployment", record)
        let former = (answer["Triggers"]?.arrayValue ?? []).compactMap { DeployedTrigger($0) }
        var (rows, left): ([Row], [DeployedTrigger]) = ([], [])
        for trigger in former where !made.contains(trigger) {
            var row = Row(logicalID: trigger.name, what: trigger.summary, outcome: .stale)
            if isPruning {
                row = try await self.row(trigger.name, trigger.summary) {
                    try await trigger.delete(from: target)
                    return .removed
                }
            }
            if !row.isRemoved { left.append(trigger) }
            rows.append(row)
        }
        guard made + left != former else { return rows }
        let now: JSONObject = [
            "Stack": .string(stack), "Triggers": .array((made + left).map(\.json)),
        ]
        _ = try await target.call("triggers", "RecordDeployment", now)
        return rows
    }
}
