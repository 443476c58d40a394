/// What is known of the members of a service's loosely described actions.
struct LooseSpelling: Sendable {
    /// Members whose keys are the user's.
    var maps: Set<String> = []
    /// Members that are times: seconds after the epoch in answers.
    var times: Set<String> = []
    /// Whether the service's members begin with small letters.
    var isLowerCase = false
}
