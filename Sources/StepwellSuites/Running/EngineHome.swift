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
        for rest in text.split(separator: "arn:aws:states:").dropFirst() {
            let parts = rest.split(
                separator: ":",
                maxSplits: 3,
                omittingEmptySubsequences: false
            )
            guard parts.count == 4, ["activity", "stateMachine"].contains(parts[2]),
                !parts[0].isEmpty, parts[1].count == 12, parts[1].allSatisfy(\.isNumber)
            else { continue }
            return (String(parts[0]), String(parts[1]))
        }
        return nil
    }
}
