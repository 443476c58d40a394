package import Logging
package import StepwellHistory

/// How an engine is set up.
package struct EngineConfiguration: Sendable {
    /// The region in the ARNs that the engine makes.
    package var region = "us-east-1"
    /// The account in the ARNs that the engine makes; 12 digits.
    package var account = "000000000000"
    /// The limits that new executions live under.
    package var executionLimits = LimitsProfile.standard
    /// History events before an execution of an Express workflow fails; AWS has no such quota.
    package var expressHistoryEvents = Int64.max
    package var limits = EngineLimits()
    /// Mocked responses for executions that are started with a test case.
    package var mocks: (any MockSource)?
    /// The API's actions, for tasks that call them; tasks with `aws-sdk:sfn:…` resources have no
    /// handler without.
    package var sdkActions: SDKActions?
    /// Connectors that are asked when nothing else does a task: what is in the process, mocked or
    /// of the engine itself goes first.
    package var integrations: [any TaskConnector] = []
    /// What reads the items of distributed Map states; without one, runs with an item reader fail.
    package var itemSource: (any ItemSource)?
    /// What writes their results; without one, runs with a result writer fail.
    package var resultTarget: (any ResultTarget)?
    /// What tasks may do; anything when there is none.
    package var permissions: (any TaskPermissions)?
    /// The log groups that there are, by name or ARN, and so the destinations that logs may have;
    /// nil when any may be.
    package var logGroups: Set<String>?
    /// What the engine does without being asked.
    package var initiative = EngineInitiative.everything
    /// Whether tasks queue, and are handed to no connector, until the engine is told to `resume`.
    ///
    /// All else goes on: starts are taken, timers fire, tasks time out.
    package var isSuspended = false
    package var logger = Logger(label: "stepwell")

    package init() {}

    /// The limits that a new execution of a workflow of a type lives under.
    package func executionLimits(of type: StateMachineType) -> LimitsProfile {
        var limits = executionLimits
        if type == .express { limits.historyEvents = expressHistoryEvents }
        return limits
    }

    /// Logs nothing but what is critical: for tests that provoke what is logged.
    package mutating func silence() {
        logger.logLevel = .critical
    }
}
