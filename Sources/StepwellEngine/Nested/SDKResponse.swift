import StepwellHistory
import StepwellJSON

/// What AWS's integrations with Step Functions itself put into task results.
enum SDKResponse {
    /// The response of StartExecution.
    static func started(_ response: StartExecutionResponse) -> JSONObject {
        JSONObject([
            ("ExecutionArn", .string(response.executionARN)),
            ("StartDate", seconds(response.startDate)),
        ])
    }

    /// A response with the metadata that AWS adds.
    ///
    /// There is no HTTP exchange behind it: its length is that of the text AWS would have sent, its
    /// request id the task's own.
    static func value(
        _ response: JSONObject,
        startedAt start: Timestamp,
        requestID id: String
    ) -> JSONValue {
        var members = response
        members["StartDate"] = .number(JSONNumber(Int64(0)))
        let length = String(
            JSONWriter.write(.object(members)).count - 1 + scientific(start).utf8.count
        )
        members = response
        let type = "application/x-amz-json-1.0"
        let date = response["StartDate"].map(JSONWriter.string) ?? ""
        let fields = [
            ("connection", "keep-alive"), ("Content-Length", length), ("Content-Type", type),
        ]
        var all = JSONObject([("x-amzn-RequestId", .array([.string(id)]))])
        for (name, value) in fields { all[name] = .array([.string(value)]) }
        all["Date"] = .array([.string(date)])
        var headers = JSONObject([("x-amzn-RequestId", .string(id))])
        for (name, value) in fields { headers[name] = .string(value) }
        headers["Date"] = .string(date)
        members["SdkHttpMetadata"] = .object(
            JSONObject([
                ("AllHttpHeaders", .object(all)), ("HttpHeaders", .object(headers)),
                ("HttpStatusCode", .number(JSONNumber(Int64(200)))),
            ])
        )
        members["SdkResponseMetadata"] = .object(JSONObject([("RequestId", .string(id))]))
        return .object(members)
    }

    /// The result of `.sync` (`isParsed`: of `.sync:2`): what DescribeExecution says.
    static func described(_ child: DescribeExecutionResponse, isParsed: Bool) -> JSONValue {
        let included = JSONValue.object(JSONObject([("Included", .bool(true))]))
        var members = JSONObject()
        if let cause = child.shownFailure?.cause { members["Cause"] = .string(cause) }
        if let error = child.shownFailure?.error { members["Error"] = .string(error) }
        members["ExecutionArn"] = .string(child.executionARN)
        members["Input"] = payload(child.input, isParsed: isParsed)
        members["InputDetails"] = included
        members["Name"] = .string(child.name)
        if let output = child.output {
            members["Output"] = payload(output, isParsed: isParsed)
            members["OutputDetails"] = included
        }
        members["RedriveCount"] = .number(JSONNumber(Int64(child.redriveCount)))
        if let date = child.redriveDate { members["RedriveDate"] = milliseconds(date) }
        members["RedriveStatus"] = .string(child.redriveStatus)
        if let reason = child.redriveStatusReason {
            members["RedriveStatusReason"] = .string(reason)
        }
        members["StartDate"] = milliseconds(child.startDate)
        members["StateMachineArn"] = .string(child.stateMachineARN)
        members["Status"] = .string(child.status.rawValue)
        if let stop = child.stopDate { members["StopDate"] = milliseconds(stop) }
        return .object(members)
    }

    /// The SDK's class of an error: `InvalidNameException` for `InvalidName`.
    static func className(of error: ServiceError) -> String {
        let name = error.code.rawValue
        return name.hasSuffix("Exception") ? name : name + "Exception"
    }

    /// The cause of a refused call, as the integrations of other services have theirs recorded.
    static func cause(_ error: ServiceError, requestID: String) -> String {
        "\(error.message) (Service: AWSStepFunctions; Status Code: \(error.httpStatus); "
            + "Error Code: \(error.code); Request ID: \(requestID); Proxy: null)"
    }

    private static func payload(_ payload: Payload, isParsed: Bool) -> JSONValue {
        guard isParsed, let value = try? payload.value() else { return .string(payload.string) }
        return value
    }

    /// The time as AWS's protocol writes it: `1.767225600123E9`.
    private static func scientific(_ time: Timestamp) -> String {
        var digits = Array(String(time.milliseconds).utf8)
        while digits.count > 2, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        digits.insert(UInt8(ascii: "."), at: 1)
        return String(decoding: digits, as: UTF8.self) + "E9"
    }

    private static func seconds(_ time: Timestamp) -> JSONValue {
        JSONNumber(finite: Double(time.milliseconds) / 1_000).map { .number($0) } ?? .null
    }

    private static func milliseconds(_ time: Timestamp) -> JSONValue {
        .number(JSONNumber(time.milliseconds))
    }
}
