import StepwellJSON
import StepwellJSONata

/// One line of `sfnctl eval --lines`.
struct EvalLine {
    private let id: JSONValue
    private let request: Result<EvalRequest, EvalFailure>

    /// Takes a line apart.
    ///
    /// - Parameters:
    ///   - bytes: the line, without its end.
    ///   - language: JSONata's strings may hold halves of surrogate pairs.
    init(_ bytes: [UInt8], in language: EvalLanguage) {
        do {
            let value = try JSONParser.parse(
                language == .jsonata ? HalfSurrogates.admitted(in: bytes) : bytes
            )
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
            return malformed("'expr' must be a string")
        }
        let bindings: JSONObject
        switch object["bindings"] {
        case nil, .null: bindings = JSONObject()
        case .object(let members): bindings = members
        default: return malformed("'bindings' must be an object")
        }
        guard hasType(object["dataUndefined"], { $0.boolValue != nil }) else {
            return malformed("'dataUndefined' must be true or false")
        }
        guard hasType(object["timelimit"], { number($0) != nil }) else {
            return malformed("'timelimit' must be a number of milliseconds")
        }
        guard hasType(object["depth"], { integer($0) != nil }) else {
            return malformed("'depth' must be an integer")
        }
        return .success(
            EvalRequest(
                expression: expression,
                input: object["data"] ?? .object(JSONObject()),
                bindings: bindings,
                hasInput: object["data"] != nil && object["dataUndefined"] != .bool(true),
                timeLimit: number(object["timelimit"]),
                depth: integer(object["depth"])
            )
        )
    }

    /// Whether a member is missing, null, or what it has to be.
    private static func hasType(_ value: JSONValue?, _ isRight: (JSONValue) -> Bool) -> Bool {
        guard let value, value != .null else { return true }
        return isRight(value)
    }

    private static func integer(_ value: JSONValue?) -> Int? {
        guard case .number(let number)? = value else { return nil }
        return number.integer.map { Int(clamping: $0) }
    }

    private static func number(_ value: JSONValue?) -> Double? {
        guard case .number(let number)? = value else { return nil }
        return number.double
    }

    private static func malformed(_ problem: String) -> Result<EvalRequest, EvalFailure> {
        .failure(EvalFailure(code: "MalformedLine", message: problem))
    }

    /// The line that answers it.
    func answer(in language: EvalLanguage, _ profile: EvalProfile) -> JSONValue {
        let outcome =
            switch request {
            case .success(let request): language.evaluate(request, profile)
            case .failure(let failure): EvalOutcome.failed(failure)
            }
        return .object(JSONObject([("id", id)] + outcome.members))
    }
}
