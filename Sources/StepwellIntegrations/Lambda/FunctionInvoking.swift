package import StepwellEngine

/// Runs Lambda functions: processes of this machine, closures, or functions of an endpoint.
package protocol FunctionInvoking: Sendable {
    /// Whether there is a function of that name, ARN or qualified name or ARN.
    func knows(_ functionName: String) -> Bool

    /// Whether there is no function at all.
    var isEmpty: Bool { get }

    /// Runs a function to its end, or accepts it when it is an event; cancelling the task gives it
    /// up.
    func invoke(_ invocation: FunctionInvocation) async throws(AWSFault) -> FunctionAnswer
}
