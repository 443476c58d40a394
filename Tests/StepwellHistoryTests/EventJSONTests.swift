import StepwellHistory
import StepwellJSON
import Testing

@Suite("History events as the API shows them")
struct EventJSONTests {
    private static let failure = ["error", "cause"]
    private static let input = ["input", "inputDetails"]
    private static let output = ["output", "outputDetails"]
    private static let resource = ["resourceType", "resource"]

    /// The members of each type's details as the API reference names them, from the service model
    /// of version 2016-11-23; nil where a type has no details.
    private static let members: [HistoryEventType: [String]] = [
        .activityFailed: failure,
        .activityScheduleFailed: failure,
        .activityScheduled: ["resource"] + input + ["timeoutInSeconds", "heartbeatInSeconds"],
        .activityStarted: ["workerName"],
        .activitySucceeded: output,
        .activityTimedOut: failure,
        .taskFailed: resource + failure,
        .taskScheduled: resource + [
            "region", "parameters", "timeoutInSeconds", "heartbeatInSeconds", "taskCredentials",
        ],
        .taskStartFailed: resource + failure,
        .taskStarted: resource,
        .taskSubmitFailed: resource + failure,
        .taskSubmitted: resource + output,
        .taskSucceeded: resource + output,
        .taskTimedOut: resource + failure,
        .executionFailed: failure,
        .executionStarted: input + ["roleArn", "stateMachineAliasArn", "stateMachineVersionArn"],
        .executionSucceeded: output,
        .executionAborted: failure,
        .executionTimedOut: failure,
        .executionRedriven: ["redriveCount"],
        .mapStateStarted: ["length"],
        .mapIterationStarted: ["name", "index"],
        .mapIterationSucceeded: ["name", "index"],
        .mapIterationFailed: ["name", "index"],
        .mapIterationAborted: ["name", "index"],
        .lambdaFunctionFailed: failure,
        .lambdaFunctionScheduleFailed: failure,
        .lambdaFunctionScheduled: ["resource"] + input + ["timeoutInSeconds", "taskCredentials"],
        .lambdaFunctionStartFailed: failure,
        .lambdaFunctionSucceeded: output,
        .lambdaFunctionTimedOut: failure,
        .mapRunStarted: ["mapRunArn"],
        .mapRunFailed: failure,
        .mapRunRedriven: ["mapRunArn", "redriveCount"],
        .evaluationFailed: failure + ["location", "state"],
    ]

    private static func expectedMembers(_ type: HistoryEventType) -> [String]? {
        if type.rawValue.hasSuffix("StateEntered") { return ["name"] + input }
        if type.rawValue.hasSuffix("StateExited") {
            return ["name"] + output + ["assignedVariables", "assignedVariablesDetails"]
        }
        return members[type]
    }

    @Test("The samples have every one of the 62 types, under AWS's names")
    func types() {
        #expect(HistoryEventType.allCases.count == 62)
        #expect(Set(Samples.events.compactMap(\.type)) == Set(HistoryEventType.allCases))
        let impossible: [HistoryEventBody] =
            [StateType.pass, .choice, .succeed, .fail].map { .stateAborted($0) }
        #expect(impossible.allSatisfy { $0.type == nil })
    }

    @Test("Each type has AWS's members in its details", arguments: HistoryEventType.allCases)
    func details(_ type: HistoryEventType) throws {
        let projection = try #require(Projection.byType[type])
        let expected = Self.expectedMembers(type)
        #expect(projection.members == expected.map { Set($0) })
        let name = type.rawValue
        let key =
            if name.hasSuffix("StateEntered") {
                "stateEnteredEventDetails"
            } else if name.hasSuffix("StateExited") {
                "stateExitedEventDetails"
            } else {
                name.prefix(1).lowercased() + name.dropFirst() + "EventDetails"
            }
        #expect(projection.key == (expected == nil ? nil : key))
    }

    @Test("Without data, nothing of a payload is shown", arguments: HistoryEventType.allCases)
    func withoutData(_ type: HistoryEventType) throws {
        let projection = try #require(Projection.byType[type])
        let data: Set = [
            "input", "inputDetails", "output", "outputDetails", "parameters", "assignedVariables",
            "assignedVariablesDetails",
        ]
        #expect(projection.membersWithoutData == projection.members?.subtracting(data))
    }

    @Test("Absent error, cause and worker leave empty details, as AWS does it")
    func emptyDetails() {
        for (body, text) in [
            (.executionAborted(Failure(error: nil)), #""executionAbortedEventDetails":{}"#),
            (.activity(.started(workerName: nil)), #""activityStartedEventDetails":{}"#),
            (.executionFailed(Failure(error: nil, cause: "c")), #"Details":{"cause":"c"}"#),
        ] as [(HistoryEventBody, String)] {
            #expect(Self.text(body).contains(text))
        }
    }

    @Test("An event in full")
    func whole() {
        let details = StateExitedDetails(
            name: "Reserve",
            output: Samples.payload(#"{"a":"ü"}"#),
            assignedVariables: [AssignedVariable(name: "n", value: Samples.payload("[1]"))]
        )
        let text = Self.text(.stateExited(.pass, details))
        #expect(
            text == """
                [{"timestamp":1795000000.123,"type":"PassStateExited","id":7,"previousEventId":5,\
                "stateExitedEventDetails":{"name":"Reserve","output":"{\\"a\\":\\"ü\\"}",\
                "outputDetails":{"truncated":false},"assignedVariables":{"n":"[1]"},\
                "assignedVariablesDetails":{"truncated":false}}}]
                """
        )
    }

    @Test("Pages are arrays")
    func pages() {
        #expect(EventJSON.array([], includeExecutionData: true) == Array("[]".utf8))
        let events = [1, 2].map {
            HistoryEvent(
                id: $0,
                previousEventID: $0 - 1,
                timestamp: Timestamp(milliseconds: 5),
                body: .mapStateFailed
            )
        }
        let text = String(
            decoding: EventJSON.array(events, includeExecutionData: true),
            as: UTF8.self
        )
        #expect(
            text == """
                [{"timestamp":0.005,"type":"MapStateFailed","id":1,"previousEventId":0},\
                {"timestamp":0.005,"type":"MapStateFailed","id":2,"previousEventId":1}]
                """
        )
    }

    @Test("Times are seconds with three decimals")
    func times() {
        for (milliseconds, text) in [
            (0, "0.000"), (1_795_000_000_000, "1795000000.000"), (-1, "-0.001"), (999, "0.999"),
            (-1500, "-1.500"),
        ] as [(Int64, String)] {
            #expect(Timestamp(milliseconds: milliseconds).epochSeconds.text == text)
        }
    }

    private static func text(_ body: HistoryEventBody) -> String {
        let event = HistoryEvent(
            id: 7,
            previousEventID: 5,
            timestamp: Samples.time,
            body: body
        )
        return String(decoding: EventJSON.array([event], includeExecutionData: true), as: UTF8.self)
    }
}
