package import StepwellEngine
import StepwellHistory

/// A quota that can be set: its range, and where the engine keeps it.
package struct Quota: Sendable {
    /// The values it may have.
    package let range: ClosedRange<Int>
    private let set: @Sendable (inout EngineConfiguration, Int) -> Void

    /// Every quota by its name, in the order of the documentation.
    package static let all: [(name: String, quota: Quota)] = [
        ("openExecutions", Quota(range: 1...1_000_000_000) { $0.limits.openExecutions = $1 }),
        ("stateMachines", Quota(range: 1...10_000_000) { $0.limits.stateMachines = $1 }),
        ("activities", Quota(range: 1...10_000_000) { $0.limits.activities = $1 }),
        ("pollersPerActivity", Quota(range: 1...100_000) { $0.limits.pollersPerActivity = $1 }),
        (
            "openActivitiesPerExecution",
            Quota(range: 1...1_000_000) { $0.limits.openActivitiesPerExecution = $1 }
        ),
        (
            "versionsPerStateMachine",
            Quota(range: 1...1_000_000) { $0.limits.versionsPerStateMachine = $1 }
        ),
        (
            "aliasesPerStateMachine",
            Quota(range: 1...100_000) { $0.limits.aliasesPerStateMachine = $1 }
        ),
        ("tagsPerResource", Quota(range: 0...1_000) { $0.limits.tagsPerResource = $1 }),
        (
            "executionNameDays",
            Quota(range: 0...36_500) {
                $0.limits.nameRetentionMilliseconds = Int64($1) * 86_400_000
            }
        ),
        (
            "historyEvents",
            Quota(range: 10...100_000_000) { $0.executionLimits.historyEvents = Int64($1) }
        ),
        (
            "expressHistoryEvents",
            Quota(range: 10...Int.max) { $0.expressHistoryEvents = Int64($1) }
        ),
        (
            "payloadBytes",
            Quota(range: 1_024...16 << 20) { $0.executionLimits.payloadBytes = $1 }
        ),
    ]

    /// Puts quotas in an engine's configuration.
    package static func apply(_ values: [String: Int], to configuration: inout EngineConfiguration)
    {
        for (name, quota) in all {
            if let value = values[name] { quota.set(&configuration, value) }
        }
    }
}
