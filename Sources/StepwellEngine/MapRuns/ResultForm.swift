import StepwellHistory
import StepwellJSON

/// The form in which results are written (`WriterConfig`).
struct ResultForm: Sendable {
    enum Transformation: String, Sendable {
        /// The executions with all that is known of them.
        case none = "NONE"
        /// What they put out.
        case compact = "COMPACT"
        /// What they put out, of arrays the elements.
        case flatten = "FLATTEN"
    }

    enum OutputType: String, Sendable {
        /// One JSON array.
        case json = "JSON"
        /// A line of JSON each.
        case jsonLines = "JSONL"
    }

    let transformation: Transformation
    let outputType: OutputType

    /// The form that a writer's configuration asks for.
    init(_ configuration: JSONValue?, default transformation: Transformation) {
        let asked = configuration?["Transformation"]?.stringValue
        self.transformation = asked.flatMap(Transformation.init) ?? transformation
        let type = configuration?["OutputType"]?.stringValue
        outputType = type.flatMap(OutputType.init) ?? .json
    }

    /// What is written of a child: of one without success always everything.
    func results(of child: ChildResult) -> [[UInt8]] {
        guard child.status == .succeeded, transformation != .none,
            let output = child.description?.output
        else { return [JSONWriter.write(.object(Self.everything(of: child)))] }
        guard transformation == .flatten, case .array(let elements)? = try? output.value() else {
            return [output.text]
        }
        return elements.map { JSONWriter.write($0) }
    }

    /// What is written of an item that has no child.
    func pending(_ item: JSONValue) -> [UInt8] {
        JSONWriter.write(
            .object(
                JSONObject([
                    ("Input", .string(JSONWriter.string(item))),
                    ("InputDetails", .object(Self.included)), ("Status", "PENDING"),
                ])
            )
        )
    }

    private static let included = JSONObject([("Included", .bool(true))])

    private static func everything(of child: ChildResult) -> JSONObject {
        var members = JSONObject()
        let known = child.description
        if let failure = known?.shownFailure {
            members["Cause"] = failure.cause.map { .string($0) }
            members["Error"] = failure.error.map { .string($0) }
        }
        members["ExecutionArn"] = known.map { .string($0.executionARN) }
        if let known {
            members["Input"] = .string(known.input.string)
            members["InputDetails"] = .object(included)
        }
        members["Name"] = .string(child.name)
        if let output = known?.output {
            members["Output"] = .string(output.string)
            members["OutputDetails"] = .object(included)
        }
        if let known {
            members["RedriveCount"] = .number(JSONNumber(Int64(known.redriveCount)))
            members["RedriveStatus"] = .string(known.redriveStatus)
            members["RedriveStatusReason"] = known.redriveStatusReason.map { .string($0) }
            members["StartDate"] = .string(known.startDate.rfc3339)
        }
        members["StateMachineArn"] = .string(child.stateMachineARN)
        members["Status"] = .string(child.status.rawValue)
        members["StopDate"] = known?.stopDate.map { .string($0.rfc3339) }
        return members
    }
}
