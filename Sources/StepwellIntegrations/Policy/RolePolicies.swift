/// What each role may do: statements of its policies, by the role's ARN.
///
/// A role that nothing is said about may do nothing.
package struct RolePolicies: Sendable, Hashable {
    /// The statements of the roles that a pattern fits.
    package struct Entry: Sendable, Hashable {
        /// The role's ARN, with wildcards.
        package var role: String
        package var statements: [PolicyStatement]

        package init(role: String, statements: [PolicyStatement]) {
            self.role = role
            self.statements = statements
        }
    }

    package var entries: [Entry]

    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    /// Judges a request: a denial counts more than what allows it.
    package func decision(on request: PolicyRequest) -> PolicyDecision {
        let statements = entries.filter { PolicyPattern($0.role).matches(request.role) }
            .flatMap(\.statements)
            .filter { $0.fits(request) }
        if statements.contains(where: { $0.effect == .deny }) { return .denied }
        return statements.isEmpty ? .notAllowed : .allowed
    }
}
