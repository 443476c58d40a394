/// The ARN of an event bus: `arn:PARTITION:events:REGION:ACCOUNT:event-bus/NAME`.
package struct EventBusARN: Sendable, Hashable {
    package let region: String
    package let account: String
    package let name: String

    /// Takes an ARN apart; nil when it is none of a bus.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "events",
            parts[5].utf8.starts(with: "event-bus/".utf8)
        else { return nil }
        region = parts[3]
        account = parts[4]
        name = String(parts[5].dropFirst("event-bus/".count))
    }
}
