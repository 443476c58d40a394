extension HistoryEventType {
    /// `PassStateEntered` and its kin.
    package static func entered(_ type: StateType) -> HistoryEventType {
        switch type {
        case .pass: .passStateEntered
        case .task: .taskStateEntered
        case .choice: .choiceStateEntered
        case .wait: .waitStateEntered
        case .succeed: .succeedStateEntered
        case .fail: .failStateEntered
        case .parallel: .parallelStateEntered
        case .map: .mapStateEntered
        }
    }

    /// `PassStateExited` and its kin; nil for Fail, which is never left.
    package static func exited(_ type: StateType) -> HistoryEventType? {
        switch type {
        case .pass: .passStateExited
        case .task: .taskStateExited
        case .choice: .choiceStateExited
        case .wait: .waitStateExited
        case .succeed: .succeedStateExited
        case .fail: nil
        case .parallel: .parallelStateExited
        case .map: .mapStateExited
        }
    }

    /// `TaskStateAborted` and its kin; nil for the types that are over at once.
    package static func aborted(_ type: StateType) -> HistoryEventType? {
        switch type {
        case .task: .taskStateAborted
        case .wait: .waitStateAborted
        case .parallel: .parallelStateAborted
        case .map: .mapStateAborted
        case .pass, .choice, .succeed, .fail: nil
        }
    }
}
