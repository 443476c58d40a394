/// What kind of box stands for a state.
package enum GraphStateType: String, Sendable, CaseIterable {
    case pass = "Pass"
    case task = "Task"
    case choice = "Choice"
    case wait = "Wait"
    case succeed = "Succeed"
    case fail = "Fail"
    case parallel = "Parallel"
    case map = "Map"
    /// A `Type` that the language does not have, as while a definition is being written.
    case unknown = "Unknown"
    /// No state: a name that transitions lead to and that nothing has.
    case missing = "Missing"

    /// Whether nothing follows by itself.
    var isFinal: Bool { self == .succeed || self == .fail || self == .missing }
}
