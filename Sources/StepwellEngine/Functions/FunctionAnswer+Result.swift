package import StepwellHistory
package import StepwellJSON

extension FunctionAnswer {
    /// The result of `lambda:invoke`: Invoke's response with the payload as JSON, and with the
    /// metadata that AWS adds.
    ///
    /// - Throws: `TaskFailure` when the function failed.
    package func result() throws(TaskFailure) -> JSONValue {
        if let failure { throw failure }
        var members = common(payload: value)
        members["SdkHttpMetadata"] = .object(metadata)
        if let requestID {
            members["SdkResponseMetadata"] = .object(
                JSONObject([("RequestId", .string(requestID))])
            )
        }
        members["StatusCode"] = .number(JSONNumber(Int64(status)))
        return .object(members)
    }

    /// The result of a task whose resource is the function itself: what it returns.
    ///
    /// - Throws: `TaskFailure` when the function failed.
    package func output() throws(TaskFailure) -> Payload {
        if let failure { throw failure }
        guard (try? JSONParser.parse(payload)) != nil else { return Payload(value) }
        return Payload(text: payload)
    }

    /// The result of `aws-sdk:lambda:invoke`: Invoke's response; a function that failed is no
    /// failure of the call.
    package var response: JSONValue {
        var members = common(payload: .string(text))
        if let functionError { members["FunctionError"] = .string(functionError) }
        members["StatusCode"] = .number(JSONNumber(Int64(status)))
        return .object(members)
    }

    /// What a task fails with; nil when the function did not.
    ///
    /// The error's type and the whole error as it came (recorded: `error_handling/task_lambda_*`);
    /// an error without a type is `Lambda.Unknown` (developer guide, "Handle Lambda service
    /// exceptions").
    package var failure: TaskFailure? {
        guard functionError != nil else { return nil }
        if case .object(let members)? = try? JSONParser.parse(payload),
            case .string(let type)? = members["errorType"], !type.isEmpty
        {
            return TaskFailure(error: type, cause: text)
        }
        return TaskFailure(
            error: "Lambda.Unknown",
            cause: "The cause could not be determined because Lambda did not return an error "
                + "type. Returned payload: \(text)"
        )
    }

    private var text: String { String(decoding: payload, as: UTF8.self) }

    /// The payload as JSON; of one that is none, its text.
    private var value: JSONValue { (try? JSONParser.parse(payload)) ?? .string(text) }

    private func common(payload: JSONValue) -> JSONObject {
        var members = JSONObject()
        if let executedVersion { members["ExecutedVersion"] = .string(executedVersion) }
        if let logResult { members["LogResult"] = .string(logResult) }
        members["Payload"] = payload
        return members
    }

    private var metadata: JSONObject {
        var all = JSONObject()
        for header in headers {
            var values: [JSONValue] = []
            if case .array(let known)? = all[header.name] { values = known }
            all[header.name] = .array(values + [.string(header.value)])
        }
        let sorted = headers.sorted { $0.name.lowercased() < $1.name.lowercased() }
        var single = JSONObject()
        for header in sorted { single[header.name] = .string(header.value) }
        return JSONObject([
            ("AllHttpHeaders", .object(all)), ("HttpHeaders", .object(single)),
            ("HttpStatusCode", .number(JSONNumber(Int64(status)))),
        ])
    }
}
