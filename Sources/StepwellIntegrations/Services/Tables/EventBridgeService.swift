import StepwellEngine
import StepwellJSON

extension IntegratedServices {
    /// Amazon EventBridge: each event names execution and state machine among its resources, and
    /// one that is refused fails the task with the whole answer as its cause.
    static let eventBridge = IntegratedService(
        type: "events",
        service: "eventbridge",
        errorPrefix: "EventBridge",
        generalError: "AmazonEventBridgeException",
        clientName: "AmazonEventBridge",
        actions: [
            ServiceAction("PutEvents", [.request, .callback], "Entries EndpointId").with {
                $0.request = { given, exchange in
                    var request = given
                    if case .array(let entries)? = given["Entries"] {
                        request["Entries"] = .array(entries.map { entry($0, exchange) })
                    }
                    return request
                }
                $0.answer = { answer, _ in
                    guard let failed = answer["FailedEntryCount"]?.intValue, failed > 0 else {
                        return answer
                    }
                    throw TaskFailure(
                        error: "EventBridge.FailedEntry",
                        cause: JSONWriter.string(.object(answer.sortedByKeys))
                    )
                }
            }
        ]
    )

    private static func entry(_ value: JSONValue, _ exchange: ServiceExchange) -> JSONValue {
        guard case .object(let given) = value else { return value }
        var entry = given.withoutNulls.quoting("Detail")
        let named = [exchange.task.executionARN, exchange.task.stateMachineARN]
        entry["Resources"] = .array(
            (given["Resources"]?.arrayValue ?? []) + named.map { .string($0) }
        )
        return .object(entry)
    }
}
