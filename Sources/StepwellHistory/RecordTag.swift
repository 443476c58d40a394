/// The byte that tells what a record is.
///
/// Numbers are never given a second meaning.
enum RecordTag: UInt8 {
    // Inputs.
    case start = 1
    case taskStarted = 2
    case taskSubmitted = 3
    case taskSucceeded = 4
    case taskFailed = 5
    case taskHeartbeat = 6
    case timerFired = 7
    case stop = 8
    case continueTurn = 9
    case raiseSemantics = 10
    /// A start with a test case behind it.
    case startOfTestCase = 11
    /// A start with a Map Run, and perhaps a test case, behind it.
    case startOfMapRunChild = 16
    case childClosed = 17
    case mapRunUpdated = 18
    case redrive = 20
    case taskSubmitFailed = 21
    /// A start by StartSyncExecution, perhaps with a test case behind it.
    case startOfSyncExecution = 22
    /// A start by a task of another execution, perhaps with a test case behind it.
    case startOfNested = 23
    case nestedStopped = 24
    case itemsRead = 25
    case itemsNotRead = 26
    case resultsWritten = 27
    case resultsNotWritten = 28
    case childrenClosed = 29

    // Engine records.
    case timerArmed = 32
    case retryScheduled = 33
    case catcherMatched = 34
    case ruleMatched = 35
    case tokenMinted = 36
    case randomDrawn = 37
    case itemsResolved = 38
    case stateFailed = 39
    case taskRedelivered = 40
    case semanticsRaised = 41
    case branchFailed = 42
    case activityAbsent = 43
    case mapRunPrepared = 48
    case childScheduled = 49
    case handlerAbsent = 50
    case activitiesExhausted = 51
    case childRedriven = 53
    case mapRunConfigured = 54
    case batchScheduled = 55
    case resultsDue = 56

    // Events.
    case executionStarted = 64
    case executionSucceeded = 65
    case executionFailed = 66
    case executionAborted = 67
    case executionTimedOut = 68
    case executionRedriven = 69
    case stateEntered = 70
    case stateExited = 71
    case stateAborted = 72
    case parallelStateStarted = 73
    case parallelStateSucceeded = 74
    case parallelStateFailed = 75
    case mapStateStarted = 76
    case mapStateSucceeded = 77
    case mapStateFailed = 78
    case mapIteration = 79
    case evaluationFailed = 80
    case mapRunStarted = 81
    case mapRunSucceeded = 82
    case mapRunFailed = 83
    case mapRunAborted = 84
    case mapRunRedriven = 85
    case taskEventScheduled = 96
    case taskEventStarted = 97
    case taskEventStartFailed = 98
    case taskEventSubmitted = 99
    case taskEventSubmitFailed = 100
    case taskEventSucceeded = 101
    case taskEventFailed = 102
    case taskEventTimedOut = 103
    case activityScheduled = 112
    case activityScheduleFailed = 113
    case activityStarted = 114
    case activitySucceeded = 115
    case activityFailed = 116
    case activityTimedOut = 117
    case functionScheduled = 128
    case functionScheduleFailed = 129
    case functionStarted = 130
    case functionStartFailed = 131
    case functionSucceeded = 132
    case functionFailed = 133
    case functionTimedOut = 134

    /// What a record of this tag is.
    enum Family {
        case input
        case engine
        case event
    }

    var family: Family {
        switch rawValue {
        case ..<32: .input
        case ..<64: .engine
        default: .event
        }
    }
}

extension StateType {
    /// The types by their code in the formats; append only.
    static let codes: [StateType] = [
        .pass, .task, .choice, .wait, .succeed, .fail, .parallel, .map,
    ]

    var code: UInt8 {
        switch self {
        case .pass: 0
        case .task: 1
        case .choice: 2
        case .wait: 3
        case .succeed: 4
        case .fail: 5
        case .parallel: 6
        case .map: 7
        }
    }
}
