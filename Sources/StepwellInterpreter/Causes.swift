import StepwellHistory

/// AWS's message templates for the causes of failures, with their arguments; each is recorded in
/// an execution on AWS unless it says otherwise.
enum Causes {
    static func inState(_ name: String, enteredAt event: EventID, _ problem: String) -> String {
        "An error occurred while executing the state '\(name)' "
            + "(entered at the event id #\(event)). \(problem)"
    }

    /// Not recorded; worded after the quota's description in the developer guide.
    static func tooManyEvents(_ limit: Int64) -> String {
        "The execution reached the maximum number of history events (\(limit))."
    }

    static func invalidPath(_ path: String, _ reason: String) -> String {
        "Invalid path '\(path)' : \(reason)"
    }

    /// Not recorded; a state that no log leads to.
    static let nothingToDecide = "The state has nothing to decide."

    /// Not recorded.
    static func tooMuchToShow(_ count: Int) -> String {
        "The inputs of the first \(count) iterations took all that may be evaluated to show them."
    }

    /// Not recorded.
    static let notInTwoHalves =
        "The task was submitted, which only the task of a service integration can be."

    /// Not recorded.
    static func notJSON(_ reason: String) -> String {
        "A payload is not valid JSON: \(reason)"
    }

    static func resultTooLarge(_ task: String) -> String {
        "The state/task '\(task)' returned a result with a size exceeding the maximum number of "
            + "bytes service limit."
    }

    static func secondsPathMissing(_ path: String) -> String {
        "The SecondsPath parameter does not reference an input value: \(path)"
    }

    static func secondsPathNotLong(_ path: String, _ value: String) -> String {
        "The SecondsPath parameter cannot be parsed as a long value: \(path) == \(value)"
    }

    static func secondsPathNegative(_ path: String, _ value: String) -> String {
        "The SecondsPath parameter references a negative value: \(path) == \(value)"
    }

    /// Until semantics revision 6.
    static func secondsPathTooLarge(_ path: String, _ value: String) -> String {
        "The SecondsPath parameter references a value above 99999999: \(path) == \(value)"
    }

    static func timestampPathMissing(_ path: String) -> String {
        "The TimestampPath parameter does not reference an input value: \(path)"
    }

    static func timestampPathInvalid(_ path: String, _ value: String) -> String {
        "The TimestampPath parameter does not reference a valid ISO-8601 extended offset "
            + "date-time format string: \(path) == \(value)"
    }

    static func notAnInteger(field: String, value: String, path: String) -> String {
        "The \(field) field refers to value \"\(value)\" which is not a valid integer: \(path)"
    }

    static func notAFloat(field: String, value: String, path: String) -> String {
        "The \(field) field refers to value \"\(value)\" which is not a valid float: \(path)"
    }

    static func notAPercentage(field: String) -> String {
        "\(field) must be between 0 and 100."
    }

    /// Not recorded in an execution; the words of the console and of the developer guide.
    static let exceedsTolerance = "The specified tolerated failure threshold was exceeded"

    static func mapInputNotArray(_ value: String) -> String {
        "Map state input must be an array but was: \(value)"
    }

    static func undefinedResult(_ expression: String, field: String) -> String {
        expressionOf(field, expression) + "returned nothing (undefined)."
    }

    static func unsupportedResult(_ expression: String, field: String) -> String {
        expressionOf(field, expression) + "returned an unsupported result type."
    }

    static func evaluationThrew(_ expression: String, field: String, _ reason: String) -> String {
        expressionOf(field, expression) + "threw an error during evaluation\(reason)"
    }

    static func unexpectedType(
        _ expression: String,
        field: String,
        expected: String,
        found: String,
        value: String
    ) -> String {
        expressionOf(field, expression) + "returned an unexpected result type. "
            + "Expected '\(expected)', but was '\(found)' for value: \(value)"
    }

    private static func expressionOf(_ field: String, _ expression: String) -> String {
        "The JSONata expression '\(expression)' specified for the field '\(field)' "
    }

    static func timestampUnparsable(_ text: String) -> String {
        "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format "
            + "string: \(text)"
    }

    /// Recorded of `TimeoutSeconds`.
    static func notAWholeNumber(field: String, value: String) -> String {
        "The \(field) field cannot be parsed as an integer: \(value)"
    }

    /// Not recorded; after what SecondsPath says.
    static func secondsNegative(_ value: Int64) -> String {
        "The Seconds field has a negative value: \(value)"
    }

    /// Not recorded.
    static func outOfRange(field: String, value: String, _ range: ClosedRange<Int64>) -> String {
        "The \(field) field has to be a whole number from \(range.lowerBound) to "
            + "\(range.upperBound), not \(value)."
    }

    /// Not recorded.
    static func heartbeatNotWithin(_ timeout: Int64, heartbeat: Int64) -> String {
        "HeartbeatSeconds (\(heartbeat)) has to be smaller than TimeoutSeconds (\(timeout))."
    }

    static func activityAbsent(_ arn: String) -> String {
        "The activity \(arn) does not exist."
    }

    /// Not recorded; worded after the quota's description in the developer guide.
    static func tooManyOpenActivities(_ limit: Int) -> String {
        "The execution has the maximum number of open activities (\(limit)), scheduled or being "
            + "processed by workers."
    }

    /// Not recorded; our own.
    static func noHandler(_ resource: String, state: String) -> String {
        "Nothing serves the resource '\(resource)': register a handler for it when the engine is "
            + "opened, name an activity, or mock the state '\(state)'."
    }

    /// Not recorded.
    static func roleNotAssumable(_ role: String) -> String {
        "The role '\(role)' cannot be assumed: it is not the ARN of an IAM role."
    }

    /// Not recorded.
    static let tooDeep = "The output is nested more deeply than JSON text may be."

    /// Not recorded; worded after `resultTooLarge`.
    static func inputTooLarge(_ state: String) -> String {
        "The state/task '\(state)' has an input with a size exceeding the maximum number of bytes "
            + "service limit."
    }

    /// Not recorded; worded after `resultTooLarge`.
    static func variableTooLarge(_ variable: String, state: String) -> String {
        "The state/task '\(state)' assigns a value to the variable '\(variable)' with a size "
            + "exceeding the maximum number of bytes service limit."
    }

    /// Not recorded; worded after `resultTooLarge`.
    static func assignTooLarge(state: String) -> String {
        "The state/task '\(state)' assigns variables with a combined size exceeding the maximum "
            + "number of bytes service limit."
    }

    /// Not recorded; worded after `resultTooLarge`.
    static func variablesTooLarge(state: String) -> String {
        "The variables of the execution exceed the maximum number of bytes service limit with "
            + "those that the state/task '\(state)' assigns."
    }

    /// What a Choice without match and Default ended with until semantics revision 6.
    static let noChoiceMatched =
        "Failed to transition out of the state. The choice state does not have a matching rule "
        + "and no Default."

    /// Of a Choice without match and Default.
    static let noNextState =
        "Failed to transition out of the state. The state does not point to a next state."

    static let waitTooLong = "Wait state delay is too long."

    /// Recorded of `MaxItems`; taken for the seconds of tasks as well.
    static func notPositive(field: String) -> String {
        "field \(field) must be positive"
    }

    /// Not recorded.
    static func itemTooLargeForBatch(_ state: String) -> String {
        "The state/task '\(state)' has an item that is larger than its batches may be."
    }

    /// Not recorded.
    static func negative(field: String) -> String {
        "\(field) cannot be negative."
    }

    /// Not recorded.
    static func secondsOutOfRange(field: String, value: String) -> String {
        "The \(field) field refers to a value that is not an integer from 1 to "
            + "99999999: \(value)"
    }
}
