/// The values of `Type`, in the order in which AWS lists them.
enum StateTypeName: String, CaseIterable, Sendable {
    case task = "Task"
    case wait = "Wait"
    case pass = "Pass"
    case succeed = "Succeed"
    case fail = "Fail"
    case choice = "Choice"
    case parallel = "Parallel"
    case map = "Map"
}

/// A set of state types, for the columns of the rule table.
struct StateTypes: OptionSet, Sendable {
    let rawValue: UInt8

    static let pass = StateTypes(.pass)
    static let task = StateTypes(.task)
    static let choice = StateTypes(.choice)
    static let wait = StateTypes(.wait)
    static let succeed = StateTypes(.succeed)
    static let fail = StateTypes(.fail)
    static let parallel = StateTypes(.parallel)
    static let map = StateTypes(.map)

    static let all = StateTypes(rawValue: 0xFF)
    /// The types that name the next state or end their scope.
    static let transiting: StateTypes = [.pass, .task, .wait, .parallel, .map]
    /// The types whose work can fail and be tried again.
    static let working: StateTypes = [.task, .parallel, .map]

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    init(_ type: StateTypeName) {
        switch type {
        case .pass: rawValue = 1
        case .task: rawValue = 2
        case .choice: rawValue = 4
        case .wait: rawValue = 8
        case .succeed: rawValue = 16
        case .fail: rawValue = 32
        case .parallel: rawValue = 64
        case .map: rawValue = 128
        }
    }
}
