import StepwellHistory
import StepwellJSON

/// Waits until an execution has closed, and shows on a terminal meanwhile that it does.
struct ExecutionWaiter {
    let api: any ServiceAPI
    let arn: String

    /// The execution as DescribeExecution tells it, once it has closed.
    func closed() async throws -> JSONObject {
        let service = ServiceClient.Service.of(executionARN: arn)
        var pause = 50
        while true {
            let execution = try await api.call(
                "DescribeExecution",
                ["executionArn": .string(arn)],
                of: service
            )
            guard execution["status"] == .string("RUNNING") else {
                Terminal.progress("")
                return execution
            }
            let since = Timestamp(epochSeconds: execution["startDate"])
            Terminal.progress("running since \(since?.rfc3339Seconds ?? "now") …")
            try await Task.sleep(for: .milliseconds(pause))
            // A short execution is not waited for long, a long one not asked after often.
            pause = min(1_000, pause + pause / 4)
        }
    }
}

extension ServiceClient.Service {
    /// Whose operations show an execution: AWS's know none of Express workflows.
    static func of(executionARN arn: String) -> Self {
        let parts = arn.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 6)
        return parts.count > 5 && parts[5].elementsEqual("express".utf8)
            ? .stepwell : .stepFunctions
    }
}
