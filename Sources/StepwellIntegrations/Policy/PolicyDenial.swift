import StepwellEngine
import StepwellInterpreter

/// A request that a policy does not allow, and how its task fails.
///
/// It fails as if the service had answered AccessDeniedException, in the naming of its integration;
/// where there is no service that could have, as `States.Permissions`.
struct PolicyDenial {
    private let request: PolicyRequest
    private let decision: PolicyDecision

    init(_ request: PolicyRequest, _ decision: PolicyDecision) {
        self.request = request
        self.decision = decision
    }

    /// What AWS says of it.
    func message(session: String) -> String {
        let parts = request.role.split(separator: ":", omittingEmptySubsequences: false)
        let account = parts.count > 4 ? String(parts[4]) : ""
        let name = request.role.split(separator: "/").last.map(String.init) ?? request.role
        let reason =
            decision == .denied
            ? "with an explicit deny in an identity-based policy"
            : "because no identity-based policy allows the \(request.action) action"
        return "User: arn:aws:sts::\(account):assumed-role/\(name)/\(session) is not authorized "
            + "to perform: \(request.action) on resource: \(request.resource) \(reason)"
    }

    /// The failure of the task that asked.
    func failure(of task: ConnectorTask) -> TaskFailure {
        let message = message(session: task.ownUUID)
        return TaskFailure(error: "States.Permissions", cause: message)
    }
}
