/// What does the tasks of a soak: one kind of connector each, or distributed Maps.
enum SoakKind: String, CaseIterable {
    /// A closure of this process.
    case handler
    /// A mocked response of a test case.
    case mock
    /// `states:startExecution.sync:2` of a child that passes.
    case nested
    /// `aws-sdk:sfn:listActivities`.
    case sdk
    /// One distributed Map with a child for each task.
    case map
    /// One distributed Map over the rows of a CSV file, whose results are written.
    case rows
    /// The same over a file of JSON Lines, each of which a closure of this process is given; it
    /// fails for every tenth, as many as may.
    case judged

    /// The state machine whose executions have one task each; of a Map, as many as it has items.
    var definition: String {
        switch self {
        case .handler: task("work", "{}")
        case .mock: task("arn:aws:states:::lambda:invoke", #"{"FunctionName": "f"}"#)
        case .nested:
            task(
                "arn:aws:states:::states:startExecution.sync:2",
                #"{"StateMachineArn": "\#(SoakKind.child)", "Input": {}}"#
            )
        case .sdk: task("arn:aws:states:::aws-sdk:sfn:listActivities", "{}")
        case .map:
            """
            {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "L", "End": true,
              "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}
            """
        case .rows:
            reading(
                #""InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW""#,
                #"{"Type": "Pass", "End": true}"#
            )
        case .judged:
            reading(
                #""InputType": "JSONL""#,
                #"{"Type": "Task", "Resource": "judge", "End": true}"#
            )
        }
    }

    /// Whether it is one execution with a child for each task.
    var isMap: Bool { self == .map || readsRows }

    /// Whether the tasks are the rows of a file.
    var readsRows: Bool { self == .rows || self == .judged }

    /// Of how many tasks one fails; nil for none.
    var failing: Int? { self == .judged ? 10 : nil }

    /// The file of so many rows, each of about a hundred bytes.
    func text(rows count: Int) -> String {
        var text = self == .rows ? "id,name,address,amount\n" : ""
        for row in 0..<count {
            let address = "1\(row) Long Road, Some Town, Far Away"
            if self == .rows {
                text += "\(row),customer \(row),\"\(address)\",\(row * 7)\n"
            } else {
                text += #"{"id":"\#(row)","name":"customer \#(row)","address":"\#(address)"}"#
                text += "\n"
            }
        }
        return text
    }

    /// The executions that close for one task.
    var closings: Int { self == .nested ? 2 : 1 }

    /// The state machine that nested executions run.
    static let child = "arn:aws:states:us-east-1:000000000000:stateMachine:child"

    /// What the child does.
    static let childDefinition =
        #"{"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}"#

    /// The configuration file of the mocked responses.
    static let mocks = """
        {"StateMachines": {"mock": {"TestCases": {"ok": {"T": "R"}}}},
         "MockedResponses": {"R": {"0-9": {"Return": {"a": 1}}}}}
        """

    private func reading(_ configuration: String, _ state: String) -> String {
        """
        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "L", "End": true,
          "ToleratedFailurePercentage": 10,
          "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
            "Parameters": {"Bucket": "data", "Key": "rows"},
            "ReaderConfig": {\(configuration)}},
          "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
            "StartAt": "S", "States": {"S": \(state)}},
          "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
            "Parameters": {"Bucket": "data", "Prefix": "results"},
            "WriterConfig": {"Transformation": "COMPACT", "OutputType": "JSONL"}}}}}
        """
    }

    private func task(_ resource: String, _ parameters: String) -> String {
        """
        {"StartAt": "T", "States": {"T": {
          "Type": "Task", "Resource": "\(resource)", "Parameters": \(parameters), "End": true}}}
        """
    }
}
