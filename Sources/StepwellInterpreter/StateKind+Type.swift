package import StepwellHistory
package import StepwellLanguage

extension StateKind {
    /// The state type by its ASL name.
    package var type: StateType {
        switch self {
        case .pass: .pass
        case .task: .task
        case .choice: .choice
        case .wait: .wait
        case .succeed: .succeed
        case .fail: .fail
        case .parallel: .parallel
        case .map: .map
        }
    }
}
