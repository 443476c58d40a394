import StepwellJSON

/// What a deployment is made on: it takes calls of the API's operations.
protocol DeploymentTarget: Sendable {
    /// Calls an operation of `states`, `events`, `scheduler` or `triggers`.
    ///
    /// Throws `ServiceError` when it is refused.
    func call(
        _ service: String,
        _ operation: String,
        _ body: JSONObject
    ) async throws -> JSONObject

    /// Lets go of everything.
    func end() async
}
