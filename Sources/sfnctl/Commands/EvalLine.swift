import StepwellJSON

/// One line of `sfnctl eval --lines`.
struct EvalLine {
    private let id: JSONValue
    private let request: Result<EvalRequest, EvalFailure>

    /// Takes a line apart.
    init(_ line: String) {
        do {
            let value = try JSONParser.parse(Array(line.utf8))
            guard case .object(let object) = value else {
                (id, request) = (.null, Self.malformed("the line is not an object"))
                return
            }
            id = object["id"] ?? .null
            request = Self.request(object)
        } catch {
            let problem = "column \(error.column): not JSON: \(error.reason)"
            (id, request) = (.null, Self.malformed(problem))
        }
    }

    private static func request(_ object: JSONObject) -> Result<EvalRequest, EvalFailure> {
        guard case .string(let expression)? = object["expr"] else {
            return malformed("'expr' has to be a string")
        }
        let bindings: JSONObject
        switch object["bindings"] {
        case nil, .null: bindings = JSONObject()
        case .object(let members): bindings = members
        default: return malformed("'bindings' has to be an object")
        }
        return .success(
            EvalRequest(
                expression: expression,
                input: object["data"] ?? .object(JSONObject()),
                bindings: bindings
            )
        )
    }

    private static func malformed(_ problem: String) -> Result<EvalRequest, EvalFailure> {
        .failure(EvalFailure(code: "MalformedLine", message: problem))
    }

    /// The line that answers it.
    func answer(in language: EvalLanguage) -> JSONValue {
        let outcome =
            switch request {
            case .success(let request): language.evaluate(request)
            case .failure(let failure): EvalOutcome.failed(failure)
            }
        switch outcome {
        case .value(let value):
            return .object(JSONObject([("id", id), ("result", value)]))
        case .failed(let failure):
            var error = JSONObject([
                ("code", .string(failure.code)), ("message", .string(failure.message)),
            ])
            if let position = failure.position {
                error["position"] = .number(JSONNumber(Int64(position)))
            }
            return .object(JSONObject([("id", id), ("error", .object(error))]))
        }
    }
}
