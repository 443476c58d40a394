/// What a role asks to do, as a policy judges it.
package struct PolicyRequest: Sendable, Hashable {
    /// The ARN of the role.
    package var role: String
    /// `service:Action`.
    package var action: String
    /// The ARN of what it is done to; `*` when there is none.
    package var resource: String
    /// The values of condition keys; names in lower case.
    package var context: [String: [String]]

    package init(
        role: String,
        action: String,
        resource: String,
        context: [String: [String]] = [:]
    ) {
        self.role = role
        self.action = action
        self.resource = resource
        self.context = context
    }
}

/// What policies make of a request.
package enum PolicyDecision: Sendable, Hashable {
    case allowed
    /// A statement denies it.
    case denied
    /// No statement allows it.
    case notAllowed
}
