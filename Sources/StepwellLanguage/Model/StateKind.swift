/// The type of a state with the fields that only this type has.
package indirect enum StateKind: Sendable {
    case pass(PassFields)
    case task(TaskFields)
    case choice(ChoiceFields)
    case wait(WaitField)
    case succeed
    case fail(FailFields)
    case parallel(ParallelFields)
    case map(MapFields)

    /// The `Type` as the language spells it.
    package var typeName: String {
        switch self {
        case .pass: "Pass"
        case .task: "Task"
        case .choice: "Choice"
        case .wait: "Wait"
        case .succeed: "Succeed"
        case .fail: "Fail"
        case .parallel: "Parallel"
        case .map: "Map"
        }
    }
}
