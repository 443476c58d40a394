import StepwellJSON
import StepwellTemplates

/// What a deployment did, or would do.
struct DeploymentReport {
    /// One thing that was made.
    struct Row: Sendable {
        /// What became of it.
        enum Outcome: Sendable {
            case made
            case updated
            case unchanged
            /// Made, or as it was: the operation says the same for both.
            case present
            /// It is in the template no more, and was removed.
            case removed
            /// It is in the template no more, and still there.
            case stale
            case refused(String)
        }

        let logicalID: String
        var what: String
        let outcome: Outcome

        var isRemoved: Bool { if case .removed = outcome { true } else { false } }
        var isRefused: Bool { if case .refused = outcome { true } else { false } }
    }

    private let plans: [PreparedPlan]
    var rows: [Row] = []
    var isDryRun = false

    init(_ plans: [PreparedPlan]) {
        self.plans = plans
    }

    var hasFailures: Bool { rows.contains(where: \.isRefused) }

    private var functions: [PlannedFunction] { plans.flatMap(\.plan.functions) }
    private var leftOut: [TemplatePlan.LeftOut] { plans.flatMap(\.plan.leftOut) }

    /// The lines for people; `configuration` is the file that has the functions.
    func lines(configuration: String?) -> [String] {
        var lines = isDryRun ? planned : rows.map(Self.line)
        for function in functions {
            let place = function.directory.shownPath
            lines.append("function   \(function.name) runs \(function.handler) in \(place)")
        }
        lines += leftOut.map { left in
            "left out   \(left.type) \(left.logicalID) (\(left.place)): \(left.reason)"
        }
        lines += plans.flatMap(\.notes).map { "note       \($0)" }
        if !functions.isEmpty {
            lines.append(
                configuration.map { "The functions are in \($0): sfnctl serve --config \($0)" }
                    ?? "--config-out FILE writes the functions for sfnctl serve --config FILE"
            )
        }
        return lines.map { Terminal.plain($0) }
    }

    private static func line(_ row: Row) -> String {
        switch row.outcome {
        case .made: "made       \(row.what)"
        case .updated: "updated    \(row.what)"
        case .unchanged: "unchanged  \(row.what)"
        case .present: "present    \(row.what)"
        case .removed: "removed    \(row.what)"
        case .stale: "stale      \(row.what): not in the template; --prune removes it"
        case .refused(let reason): "refused    \(row.what): \(reason)"
        }
    }

    /// What would be done.
    private var planned: [String] {
        plans.flatMap { prepared -> [String] in
            let plan = prepared.plan
            var lines = plan.activities.map { "activity   \($0.name)" }
            lines += plan.stateMachines.map { "machine    \($0.name) (\($0.type))" }
            lines += plan.versions.map { "version    of \($0.stateMachineARN)" }
            lines += plan.aliases.map { "alias      \($0.name)" }
            lines += plan.stateMachines.compactMap { machine in
                machine.publishedAlias.map { "alias      \($0) of \(machine.name)" }
            }
            return lines + plan.triggers.map { "trigger    \($0.logicalID): \($0.summary)" }
        }
    }

    /// The report as JSON.
    var json: JSONValue {
        .object(
            JSONObject([
                ("dryRun", .bool(isDryRun)),
                ("resources", .array(isDryRun ? plannedJSON : rows.map(Self.json))),
                ("functions", .array(functions.map(Self.json))),
                ("leftOut", .array(leftOut.map(Self.json))),
                ("notes", .array(plans.flatMap(\.notes).map { .string($0) })),
            ])
        )
    }

    private var plannedJSON: [JSONValue] {
        planned.map { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            let what = parts.last.map { $0.drop { $0 == " " } } ?? ""
            return .object(
                JSONObject([
                    ("kind", .string(String(parts.first ?? ""))), ("what", .string(String(what))),
                ])
            )
        }
    }

    private static func json(_ row: Row) -> JSONValue {
        var object = JSONObject([
            ("logicalId", .string(row.logicalID)), ("what", .string(row.what)),
        ])
        switch row.outcome {
        case .made: object["outcome"] = "made"
        case .updated: object["outcome"] = "updated"
        case .unchanged: object["outcome"] = "unchanged"
        case .present: object["outcome"] = "present"
        case .removed: object["outcome"] = "removed"
        case .stale: object["outcome"] = "stale"
        case .refused(let reason):
            object["outcome"] = "refused"
            object["reason"] = .string(reason)
        }
        return .object(object)
    }

    private static func json(_ function: PlannedFunction) -> JSONValue {
        .object(
            JSONObject([
                ("name", .string(function.name)), ("directory", .string(function.directory)),
                ("handler", .string(function.handler)),
            ])
        )
    }

    private static func json(_ left: TemplatePlan.LeftOut) -> JSONValue {
        .object(
            JSONObject([
                ("logicalId", .string(left.logicalID)), ("type", .string(left.type)),
                ("place", .string(left.place)), ("reason", .string(left.reason)),
            ])
        )
    }
}
