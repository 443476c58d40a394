import StepwellJSON

/// A schedule or route as a configuration file defines it.
package struct TriggerItem: Sendable, Hashable {
    package let name: String
    /// What is said of it, as the API's JSON has it; but that a `StateMachine` may be named in the
    /// place of an ARN.
    package let json: String
    /// Where that is, for problems that show later.
    private let place: SettingsProblem

    init(_ name: String, _ members: JSONObject, place: SettingsProblem) {
        self.name = name
        json = JSONWriter.string(.object(members))
        self.place = place
    }

    /// A problem of it.
    package func problem(_ message: String) -> SettingsProblem {
        var problem = place
        problem.message = message
        return problem
    }
}
