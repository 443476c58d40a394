/// A statement of a policy.
package struct PolicyStatement: Sendable, Hashable {
    /// What a statement says about the requests that it fits.
    package enum Effect: String, Sendable, Hashable {
        case allow = "Allow"
        case deny = "Deny"
    }

    /// Texts that are meant, or the only ones that are not.
    package struct Selection: Sendable, Hashable {
        /// Patterns, before their variables are filled in.
        package var patterns: [String]
        /// Whether everything else is meant: `NotAction`, `NotResource`.
        package var isNegated: Bool

        package init(_ patterns: [String], isNegated: Bool = false) {
            self.patterns = patterns
            self.isNegated = isNegated
        }
    }

    package var effect: Effect
    package var actions: Selection
    package var resources: Selection
    package var conditions: [PolicyCondition]

    package init(
        effect: Effect,
        actions: Selection,
        resources: Selection,
        conditions: [PolicyCondition] = []
    ) {
        self.effect = effect
        self.actions = actions
        self.resources = resources
        self.conditions = conditions
    }

    /// Whether the statement speaks of a request.
    package func fits(_ request: PolicyRequest) -> Bool {
        let isMeant =
            actions.selects { PolicyPattern($0, ignoresCase: true).matches(request.action) }
            && resources.selects { pattern in
                PolicyVariables.fill(pattern, from: request.context).map {
                    PolicyPattern($0).matches(request.resource)
                } ?? false
            }
        return isMeant && conditions.allSatisfy { $0.holds(for: request.context) }
    }
}

extension PolicyStatement.Selection {
    fileprivate func selects(_ isMatch: (String) -> Bool) -> Bool {
        patterns.contains(where: isMatch) != isNegated
    }
}
