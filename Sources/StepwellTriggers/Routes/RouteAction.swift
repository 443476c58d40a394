/// What a route does with a request, by the name of the API's operation.
package enum RouteAction: String, Sendable, Hashable, CaseIterable {
    case startExecution = "StartExecution"
    case startSyncExecution = "StartSyncExecution"
    case sendTaskSuccess = "SendTaskSuccess"
    case sendTaskFailure = "SendTaskFailure"

    /// Whether it starts a state machine's execution.
    package var isStart: Bool {
        switch self {
        case .startExecution, .startSyncExecution: true
        case .sendTaskSuccess, .sendTaskFailure: false
        }
    }

    /// What the members of its request are when a route says nothing of them.
    var defaults: [(key: String, value: String)] {
        switch self {
        case .startExecution, .startSyncExecution: [("Input", "$request.body")]
        case .sendTaskSuccess:
            [("TaskToken", "$request.body.taskToken"), ("Output", "$request.body.output")]
        case .sendTaskFailure:
            [
                ("TaskToken", "$request.body.taskToken"), ("Error", "$request.body.error"),
                ("Cause", "$request.body.cause"),
            ]
        }
    }

    /// The members that a request mapping may have.
    var members: [String] {
        switch self {
        case .startExecution, .startSyncExecution: ["Input", "Name", "TraceHeader"]
        case .sendTaskSuccess: ["TaskToken", "Output"]
        case .sendTaskFailure: ["TaskToken", "Error", "Cause"]
        }
    }
}
