/// A routing configuration, checked: versions of one state machine, and what each gets.
package struct AliasRouting: Sendable, Hashable {
    /// The state machine that the versions are of.
    package let stateMachineARN: String
    package let routes: [StateMachineAlias.Route]

    /// Throws `ValidationException` when an ARN is not that of a version, when the versions are of
    /// several state machines or one is named twice, or when the weights do not add up to 100.
    package init(_ items: [RoutingConfigurationItem]) throws(ServiceError) {
        let received = "[\(items.map(\.stateMachineVersionARN).joined(separator: ", "))]"
        var routes: [StateMachineAlias.Route] = []
        var machines: [String] = []
        for item in items {
            let arn = try StateMachineARN(item.stateMachineVersionARN)
            guard case .version(let number) = arn.qualifier else {
                throw Self.invalid("must contain state machine version ARNs. Received: \(received)")
            }
            if !machines.contains(where: { $0.utf8.elementsEqual(arn.unqualified.utf8) }) {
                machines.append(arn.unqualified)
            }
            guard !routes.contains(where: { $0.version == number }) || machines.count > 1 else {
                throw Self.invalid(
                    "must contain distinct state machine version ARNs. Received: \(received)"
                )
            }
            routes.append(StateMachineAlias.Route(version: number, weight: item.weight))
        }
        guard let machine = machines.first, machines.count == 1 else {
            throw Self.invalid(
                "must contain versions of the same state machine. Received: \(received)"
            )
        }
        let weights = routes.map(\.weight)
        guard weights.reduce(0, +) == 100 else {
            let shown = weights.map(String.init).joined(separator: ", ")
            throw .validation(
                "Sum of routing configuration weights must equal 100. Received: [\(shown)]",
                reason: "INVALID_ROUTING_CONFIGURATION"
            )
        }
        self.stateMachineARN = machine
        self.routes = routes
    }

    private static func invalid(_ rule: String) -> ServiceError {
        .validation(
            "Routing configuration \(rule)",
            reason: "INVALID_ROUTING_CONFIGURATION"
        )
    }
}
