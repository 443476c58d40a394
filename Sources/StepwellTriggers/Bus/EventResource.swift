package import StepwellEngine

/// What of EventBridge an ARN names.
package enum EventResource: Sendable, Hashable {
    case bus(String)
    case rule(String, bus: String)

    /// Takes the ARN of a rule or bus apart.
    ///
    /// - Throws: `ResourceNotFoundException` when it is neither's.
    package init(_ arn: String) throws(ServiceError) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let path = parts.count == 6 ? parts[5].split(separator: "/").map(String.init) : []
        switch (path.first, path.count) {
        case ("event-bus", 2): self = .bus(path[1])
        case ("rule", 2): self = .rule(path[1], bus: EventBus.defaultName)
        case ("rule", 3): self = .rule(path[2], bus: path[1])
        default:
            throw ServiceError(
                code: "ResourceNotFoundException",
                message: "Resource \(arn) does not exist."
            )
        }
    }
}
