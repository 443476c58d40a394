package import StepwellJSON
import StepwellJSONPath

/// What a target is given of an event.
package enum TargetInput: Sendable, Hashable {
    /// The event.
    case event
    /// This text, whatever the event.
    case constant(String)
    /// What a path leads to in the event.
    case path(String)
    /// A template filled in from the event.
    case template(InputTemplate)

    /// The text that a target is given; nil when the path leads nowhere.
    package func text(of event: JSONObject, in occasion: TargetOccasion) -> [UInt8]? {
        switch self {
        case .event: JSONWriter.write(.object(event))
        case .constant(let text): Array(text.utf8)
        case .path(let path):
            EventPath.value(at: path, in: event).map { JSONWriter.write($0) }
        case .template(let template): template.filled(from: event, in: occasion)
        }
    }
}

/// Under which circumstances a target is told of an event: what the predefined variables of
/// templates say.
package struct TargetOccasion: Sendable, Hashable {
    /// The rule's ARN and name.
    package var ruleARN: String
    package var ruleName: String
    /// When the event was received, in RFC 3339.
    package var ingestionTime: String

    package init(ruleARN: String, ruleName: String, ingestionTime: String) {
        self.ruleARN = ruleARN
        self.ruleName = ruleName
        self.ingestionTime = ingestionTime
    }
}

/// Paths into events: names, indices and wildcards below `$`.
enum EventPath {
    /// What is wrong with a path; nil when nothing is.
    static func problem(of path: String) -> String? {
        do throws(JSONPathSyntaxError) {
            let compiled = try JSONPath(parsing: path)
            return compiled.root == .input ? nil : "it does not begin with '$.'"
        } catch {
            return error.reason
        }
    }

    /// What a path leads to; nil when that is nothing.
    static func value(at path: String, in event: JSONObject) -> JSONValue? {
        var budget = EvaluationBudget(steps: 1_000_000)
        return try? JSONPath(parsing: path).evaluate(on: .object(event), budget: &budget)
    }
}
