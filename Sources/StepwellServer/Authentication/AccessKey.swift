package import StepwellHistory

/// An access key that requests are signed with.
package struct AccessKey: Sendable, Equatable {
    /// What may be done with it.
    package enum Access: String, Sendable, CaseIterable {
        /// Everything.
        case full
        /// Operations that ask for what is there, and no other.
        case readOnly = "read-only"
    }

    /// The identifier, which requests name and the audit log shows: `AKIA…`.
    package let id: String
    /// What signatures are made with.
    package let secret: String
    /// The session token that goes with a temporary key.
    package let sessionToken: String?
    /// When a temporary key ends.
    package let expiration: Timestamp?
    /// What may be done with it.
    package let access: Access

    /// A key, temporary when it has a session token.
    package init(
        id: String,
        secret: String,
        sessionToken: String? = nil,
        expiration: Timestamp? = nil,
        access: Access = .full
    ) {
        self.id = id
        self.secret = secret
        self.sessionToken = sessionToken
        self.expiration = expiration
        self.access = access
    }
}
