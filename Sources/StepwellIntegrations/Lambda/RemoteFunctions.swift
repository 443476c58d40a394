import StepwellEngine
import StepwellJSON

/// Functions where AWS is: of an account, of an emulator, or of one that runs behind Lambda's
/// runtime interface emulator.
struct RemoteFunctions: FunctionInvoking {
    let aws: any AWSCalling

    var isEmpty: Bool { false }

    func knows(_ functionName: String) -> Bool { true }

    func invoke(_ invocation: FunctionInvocation) async throws(AWSFault) -> FunctionAnswer {
        var parameters = JSONObject([("FunctionName", .string(invocation.functionName))])
        parameters["Qualifier"] = invocation.qualifier.map { .string($0) }
        parameters["ClientContext"] = invocation.clientContext.map { .string($0) }
        parameters["InvocationType"] = .string(invocation.kind.rawValue)
        parameters["LogType"] = invocation.wantsLogTail ? .string("Tail") : nil
        if !invocation.payload.isEmpty {
            parameters["Payload"] = .string(String(decoding: invocation.payload, as: UTF8.self))
        }
        let answer = try await aws.call(
            AWSCall(
                service: "lambda",
                action: "Invoke",
                parameters: parameters,
                roleARN: invocation.roleARN,
                region: Self.region(of: invocation.functionName),
                timeout: Self.timeout
            )
        )
        return FunctionAnswer(
            status: Self.integer("StatusCode", in: answer.output) ?? answer.status,
            payload: Array((Self.text("Payload", in: answer.output) ?? "").utf8),
            functionError: Self.text("FunctionError", in: answer.output),
            executedVersion: Self.text("ExecutedVersion", in: answer.output),
            logResult: Self.text("LogResult", in: answer.output),
            requestID: answer.requestID,
            headers: answer.headers
        )
    }

    /// The longest that a function may run (developer guide, "Lambda quotas"), and its start.
    private static let timeout = Duration.seconds(930)

    /// The region of an ARN; nil for other names.
    private static func region(of name: String) -> String? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count >= 7 && parts[0] == "arn" && !parts[3].isEmpty ? String(parts[3]) : nil
    }

    private static func text(_ name: String, in members: JSONObject) -> String? {
        guard case .string(let text)? = members[name] else { return nil }
        return text
    }

    private static func integer(_ name: String, in members: JSONObject) -> Int? {
        guard case .number(let number)? = members[name] else { return nil }
        return number.integer.flatMap { Int(exactly: $0) }
    }
}
