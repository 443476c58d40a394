import ArgumentParser
import StepwellJSON

/// How an execution ended: its output for success, error and cause for anything else.
struct ClosedExecutionReport {
    private let execution: JSONObject

    /// A report of an execution as DescribeExecution or StartSyncExecution tell it.
    init(_ execution: JSONObject) {
        self.execution = execution
    }

    /// Prints it; throws exit status 1 when the execution did not succeed.
    func show(json: Bool) throws {
        let status = execution["status"]?.stringValue ?? "?"
        if json {
            Terminal.line(JSONWriter.string(.object(execution)))
        } else if status == "SUCCEEDED" {
            Terminal.line(execution["output"]?.stringValue ?? "")
        } else {
            let error = execution["error"]?.stringValue ?? "(no error name)"
            let cause = execution["cause"]?.stringValue.map { ": \($0)" } ?? ""
            Terminal.error("\(status): \(Terminal.plain(error + cause, keepingLines: true))")
        }
        try Terminal.checkOutput()
        if status != "SUCCEEDED" { throw ExitCode(CommandFailure.Status.failed.rawValue) }
    }
}
