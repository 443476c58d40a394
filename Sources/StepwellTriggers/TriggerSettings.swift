import StepwellEngine

/// Where triggers are: what ARNs say of it.
package struct TriggerSettings: Sendable, Hashable {
    package var region: String
    package var account: String

    package init(region: String, account: String) {
        self.region = region
        self.account = account
    }

    /// The ARN of a resource of EventBridge: `rule/NAME`, `event-bus/NAME`.
    package func arn(_ resource: String) -> String {
        Partition.arn("events", region: region, account: account, resource)
    }

    /// The partition that a region is in.
    package var partition: String { Partition.of(region).name }
}
