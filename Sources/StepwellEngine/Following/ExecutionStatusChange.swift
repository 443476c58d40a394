public import StepwellHistory
public import StepwellJSON

/// An execution of a Standard workflow began, was redriven or ended: what AWS sends to EventBridge
/// as "Step Functions Execution Status Change".
///
/// Source: "Automating Step Functions event delivery with EventBridge", AWS Step Functions
/// Developer Guide.
public struct ExecutionStatusChange: Sendable {
    /// What DescribeExecution would have answered then.
    package let description: DescribeExecutionResponse
    /// When the status changed.
    public let time: Timestamp
    /// A UUID that is this change's whenever it is given: a consumer that gets changes again after
    /// a restart can tell by it.
    public let id: String
    /// From where changes are to be followed to miss none after this one.
    public internal(set) var place: ExecutionStatusChanges.Place

    /// The execution's ARN.
    public var executionARN: String { description.executionARN }
    /// The ARN of its state machine.
    public var stateMachineARN: String { description.stateMachineARN }
    /// The execution's name.
    public var name: String { description.name }
    /// The status it has now.
    public var status: ExecutionStatus { description.status }

    /// Input or output beyond so many bytes, escaped, is left out, as EventBridge's events have to
    /// be small.
    static let payloadBytes = 248 << 10

    /// The change in EventBridge's form.
    public var event: JSONObject {
        let parts = executionARN.split(separator: ":", omittingEmptySubsequences: false)
        return JSONObject([
            ("version", .string("0")),
            ("id", .string(id)),
            ("detail-type", .string("Step Functions Execution Status Change")),
            ("source", .string("aws.states")),
            ("account", .string(parts.count > 4 ? String(parts[4]) : "")),
            ("time", .string(time.rfc3339Seconds)),
            ("region", .string(parts.count > 3 ? String(parts[3]) : "")),
            ("resources", .array([.string(executionARN)])),
            ("detail", .object(detail)),
        ])
    }

    private var detail: JSONObject {
        let input = Self.data(description.input)
        let output = description.output.map(Self.data)
        return JSONObject([
            ("executionArn", .string(executionARN)),
            ("stateMachineArn", .string(stateMachineARN)),
            ("name", .string(name)),
            ("status", .string(status.rawValue)),
            ("startDate", Self.milliseconds(description.startDate)),
            ("stopDate", Self.milliseconds(description.stopDate)),
            ("input", input.text),
            ("inputDetails", input.details),
            ("output", output?.text ?? .null),
            ("outputDetails", output?.details ?? .null),
            ("stateMachineVersionArn", Self.text(description.stateMachineVersionARN)),
            ("stateMachineAliasArn", Self.text(description.stateMachineAliasARN)),
            ("redriveCount", .number(JSONNumber(Int64(description.redriveCount)))),
            ("redriveDate", Self.milliseconds(description.redriveDate)),
            ("redriveStatus", .string(description.redriveStatus)),
            ("redriveStatusReason", Self.text(description.redriveStatusReason)),
            ("error", Self.text(description.shownFailure?.error)),
            ("cause", Self.text(description.shownFailure?.cause)),
        ])
    }

    private static func text(_ string: String?) -> JSONValue {
        string.map { .string($0) } ?? .null
    }

    private static func milliseconds(_ time: Timestamp?) -> JSONValue {
        time.map { .number(JSONNumber($0.milliseconds)) } ?? .null
    }

    private static func data(_ payload: Payload) -> (text: JSONValue, details: JSONValue) {
        let escaped = JSONWriter.string(.string(payload.string))
        let isIncluded = escaped.utf8.count <= payloadBytes
        let details = JSONObject([("included", .bool(isIncluded))])
        return (isIncluded ? .string(payload.string) : .null, .object(details))
    }
}
