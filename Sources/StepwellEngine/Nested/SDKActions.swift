package import StepwellJSON

/// The API's actions by name, for tasks that call them (`aws-sdk:sfn:…`).
///
/// Whoever has the whole API provides them: the engine itself knows operations, not their JSON.
package struct SDKActions: Sendable {
    /// Whether there is an action, by its name as resources write it (`startExecution`).
    package let contains: @Sendable (String) -> Bool
    /// Does an action with the parameters of a task; gives the response as the SDK shows it.
    ///
    /// Throws `ServiceError`, and `CancellationError` when its task is cancelled.
    package let perform: @Sendable (String, JSONObject, Engine) async throws -> JSONValue

    /// The actions of an API.
    package init(
        contains: @escaping @Sendable (String) -> Bool,
        perform: @escaping @Sendable (String, JSONObject, Engine) async throws -> JSONValue
    ) {
        self.contains = contains
        self.perform = perform
    }
}
