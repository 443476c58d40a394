import StepwellEngine
import StepwellJSON
import StepwellTemplates

extension Deployment {
    /// Deals with the triggers that a former deployment of a stack has made and that are not in its
    /// template any more: they go where that is asked for, and are named else. Records what there
    /// is.
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
