/// Why a definition is not deployed: it names resources that nothing here serves.
public struct UnservedResources: Error, Sendable, Hashable, CustomStringConvertible {
    /// The state machine that was to be deployed.
    public let stateMachine: String
    /// What stands in the way, by the resource that is named.
    public let reasons: [String: String]

    /// The resources, in order.
    public var resources: [String] { reasons.keys.sorted() }

    /// What stands in the way, in sentences.
    public var description: String {
        let sentences = reasons.sorted { $0.key < $1.key }.map(\.value)
        return "The state machine '\(stateMachine)' is not deployed. "
            + sentences.joined(separator: ". ") + ". Register a handler for each resource."
    }
}
