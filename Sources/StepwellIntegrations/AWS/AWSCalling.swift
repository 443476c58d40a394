/// Makes calls of AWS services.
package protocol AWSCalling: Sendable {
    /// Whether there is a model of the action to make calls by.
    func knows(service: String, action: String) -> Bool

    /// Makes a call, again where that is safe; cancelling the task gives it up.
    func call(_ call: AWSCall) async throws(AWSFault) -> AWSAnswer
}
