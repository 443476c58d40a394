import StepwellEngine

/// The region and account that an engine is to have: those that the definitions speak of.
struct EngineHome {
    private(set) var region = "us-east-1"
    private(set) var account = "000000000000"

    /// Where the activities and state machines are that the definitions of a suite name; the first
    /// counts.
    init(_ suite: Suite) {
        for text in suite.machines.map(\.text) {
            guard let found = Self.resource(in: text) else { continue }
            (region, account) = found
            return
        }
    }

    /// Region and account of the first ARN of an activity or state machine.
    private static func resource(in text: String) -> (String, String)? {
        for rest in text.split(separator: "arn:").dropFirst() {
            let parts = rest.split(
                separator: ":",
                maxSplits: 5,
                omittingEmptySubsequences: false
            )
            guard parts.count == 6, parts[1] == "states",
                ["activity", "stateMachine"].contains(parts[4]),
                !parts[2].isEmpty, parts[0] == Partition.of(String(parts[2])).name,
                parts[3].count == 12, parts[3].allSatisfy(\.isNumber)
            else { continue }
            return (String(parts[2]), String(parts[3]))
        }
        return nil
    }
}
