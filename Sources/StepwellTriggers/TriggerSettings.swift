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
        "arn:\(partition):events:\(region):\(account):\(resource)"
    }

    /// The partition that a region is in.
    package var partition: String {
        if region.utf8.starts(with: "cn-".utf8) { return "aws-cn" }
        return region.utf8.starts(with: "us-gov-".utf8) ? "aws-us-gov" : "aws"
    }
}
