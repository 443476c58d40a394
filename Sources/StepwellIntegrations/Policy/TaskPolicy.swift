package import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// Holds tasks to the policies of the roles that they are done as.
package final class TaskPolicy: TaskPermissions {
    private let region: String
    private let account: String
    private let source: any PolicySource

    /// Holds tasks to what a source says at the time.
    package init(_ source: any PolicySource, region: String, account: String) {
        self.source = source
        self.region = region
        self.account = account
    }

    package func denial(of task: ConnectorTask) -> TaskFailure? {
        guard let policies = source.policies else { return nil }
        let role = task.dispatch.credentialsRoleARN ?? task.roleARN
        let context = PolicyContext(
            role: role,
            stateMachineARN: task.stateMachineARN,
            region: region,
            account: account
        )
        // Parameters that cannot be read are for the connector to refuse.
        let parameters = (try? task.dispatch.parameters.value()) ?? .null
        let requests = context.requests(
            resource: task.dispatch.resource,
            parameters: parameters
        )
        for request in requests {
            let decision = policies.decision(on: request)
            if decision != .allowed { return PolicyDenial(request, decision).failure(of: task) }
        }
        return nil
    }
}

/// Where policies come from.
package protocol PolicySource: Sendable {
    /// The policies now; nil when nothing is held to any.
    var policies: RolePolicies? { get }
}

/// Policies that do not change.
package struct FixedPolicies: PolicySource {
    package let policies: RolePolicies?

    package init(_ policies: RolePolicies) {
        self.policies = policies
    }
}
