import StepwellJSON
import StepwellJSONPath

/// An expression, and what it sees.
struct EvalRequest: PathScope {
    /// The expression's text.
    private(set) var expression: String
    /// What `$` stands for.
    let input: JSONValue
    /// The variables by name; `$` names the context object.
    private(set) var bindings: JSONObject
    /// Whether there is an input; without one, JSONata's `$` has no value.
    var hasInput = true
    /// How long JSONata may take, in milliseconds of a slow machine; counted as steps.
    var timeLimit: Double?
    /// How deeply JSONata may nest.
    var depth: Int?

    var context: JSONValue { bindings["$"] ?? .object(JSONObject()) }

    func variable(_ name: String) -> JSONValue? { bindings[name] }

    /// Takes an expression as states have it: without its delimiters `{%` and `%}`, with the input
    /// and the context object as members of `$states` and no `$`.
    ///
    /// - Parameter isState: whether it is one though it has no delimiters.
    mutating func takeStateForm(isState: Bool) {
        let text = expression.utf8.drop { $0 <= 0x20 }
        var end = text.endIndex
        while end > text.startIndex, text[text.index(before: end)] <= 0x20 {
            end = text.index(before: end)
        }
        let trimmed = text[..<end]
        let isDelimited =
            trimmed.count >= 4 && trimmed.starts(with: "{%".utf8)
            && trimmed.suffix(2).elementsEqual("%}".utf8)
        guard isState || isDelimited else { return }
        if isDelimited { expression = String(Substring(trimmed.dropFirst(2).dropLast(2))) }
        var states = JSONObject([("input", input)])
        states["context"] = context
        bindings["$"] = nil
        if bindings["states"] == nil { bindings["states"] = .object(states) }
        hasInput = false
    }
}
