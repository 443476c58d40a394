/// The own fields of a Task state.
package struct TaskFields: Sendable {
    /// `Resource`.
    package let resource: String
    /// `TimeoutSeconds` or `TimeoutSecondsPath`; 99,999,999 s when absent, which arms nothing.
    package let timeout: SecondsField?
    /// `HeartbeatSeconds` or `HeartbeatSecondsPath`.
    package let heartbeat: SecondsField?
    /// `Credentials` of a JSONPath state.
    package let credentials: PayloadTemplate?
    /// `Credentials` of a JSONata state.
    package let credentialsTemplate: ExpressionTemplate?

    package init(
        resource: String,
        timeout: SecondsField? = nil,
        heartbeat: SecondsField? = nil,
        credentials: PayloadTemplate? = nil,
        credentialsTemplate: ExpressionTemplate? = nil
    ) {
        self.resource = resource
        self.timeout = timeout
        self.heartbeat = heartbeat
        self.credentials = credentials
        self.credentialsTemplate = credentialsTemplate
    }
}
