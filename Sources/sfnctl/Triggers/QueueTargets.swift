import StepwellEngine
import StepwellIntegrations
import StepwellJSON
import StepwellTriggers

/// Sends to SQS queues through the client of AWS that tasks use, too.
struct QueueTargets: OutsideTargets {
    let client: AWSClient

    /// Whether an ARN is that of a queue.
    func takes(_ arn: String) -> Bool { Queue(arn) != nil }

    /// Sends a message; queues take the same message twice when it is not known that it was sent.
    func perform(_ delivery: Delivery) async -> DeliveryOutcome {
        guard let queue = Queue(delivery.target.arn) else {
            return .refused(.unsupportedTarget(delivery.target.arn))
        }
        do throws(AWSFault) {
            let found = try await client.call(
                queue.call(
                    "GetQueueUrl",
                    [
                        "QueueName": .string(queue.name),
                        "QueueOwnerAWSAccountId": .string(queue.account),
                    ],
                    as: delivery.target.roleARN
                )
            )
            var message: JSONObject = [
                "QueueUrl": found.output["QueueUrl"] ?? .null,
                "MessageBody": .string(String(decoding: delivery.input, as: UTF8.self)),
            ]
            if !delivery.attributes.isEmpty {
                message["MessageAttributes"] = .object(
                    JSONObject(
                        delivery.attributes.map { attribute in
                            let value = JSONValue.string(attribute.value)
                            return (
                                attribute.name, ["DataType": "String", "StringValue": value]
                            )
                        }
                    )
                )
            }
            _ = try await client.call(
                queue.call("SendMessage", message, as: delivery.target.roleARN)
            )
            return .delivered
        } catch {
            return Self.outcome(of: error)
        }
    }

    private static func outcome(of fault: AWSFault) -> DeliveryOutcome {
        switch fault {
        case .service(let fault):
            let error = ServiceError(code: .init(rawValue: fault.code), message: fault.message)
            let isLasting = (400..<500).contains(fault.status) && fault.status != 429
            return isLasting ? .refused(error) : .failed(error)
        case .unreachable(let endpoint, let fault):
            let message = "\(endpoint) cannot be reached: \(fault)"
            return .failed(ServiceError(code: "SDK_CLIENT_ERROR", message: message))
        case .parameters(let what), .credentials(let what), .unserved(let what),
            .unknownAction(let what), .forbidden(let what):
            return .failed(ServiceError(code: "SDK_CLIENT_ERROR", message: what))
        case .cancelled: return .failed(.shuttingDown)
        }
    }

    /// A queue, by its ARN.
    private struct Queue {
        let region: String
        let account: String
        let name: String

        init?(_ arn: String) {
            let parts = arn.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 6, parts[0] == "arn", parts[2] == "sqs" else { return nil }
            (region, account, name) = (parts[3], parts[4], parts[5])
        }

        func call(_ action: String, _ parameters: JSONObject, as role: String?) -> AWSCall {
            AWSCall(
                service: "sqs",
                action: action,
                parameters: parameters,
                roleARN: role,
                region: region,
                timeout: .seconds(30)
            )
        }
    }
}
