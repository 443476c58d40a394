import NIOHTTP1
import StepwellJSON

/// The result of a task that is a request over HTTP: `Headers`, `ResponseBody`, `StatusCode`,
/// `StatusText`.
struct HTTPResult {
    let answer: OutgoingAnswer
    /// The body as text; nil when it is none.
    let text: String?

    init(_ answer: OutgoingAnswer) {
        self.answer = answer
        text = String(validating: answer.body, as: UTF8.self)
    }

    var isSuccess: Bool { (200..<300).contains(answer.status) }

    /// What goes with the status: `OK`.
    var statusText: String { HTTPResponseStatus(statusCode: answer.status).reasonPhrase }

    /// The type of the body, without its parameters, in small letters.
    var mediaType: String {
        let type = answer.header("Content-Type") ?? ""
        return type.split(separator: ";").first?
            .split(separator: " ").first?.lowercased() ?? ""
    }

    private var isJSON: Bool {
        mediaType.hasSuffix("/json") || mediaType.hasSuffix("+json")
    }

    /// The body as JSON where it says that it is, else as text.
    var body: JSONValue {
        if isJSON, let value = try? JSONParser.parse(answer.body) { return value }
        return .string(text ?? "")
    }

    var value: JSONValue {
        var headers = JSONObject()
        for header in answer.headers {
            guard case .array(var values) = headers[header.name, default: .array([])] else {
                continue
            }
            values.append(.string(header.value))
            headers[header.name] = .array(values)
        }
        return [
            "Headers": .object(headers), "ResponseBody": body,
            "StatusCode": .number(JSONNumber(Int64(answer.status))),
            "StatusText": .string(statusText),
        ]
    }

    /// Why the answer fails the task: its body, or what its status means.
    var cause: String {
        guard let text, !text.isEmpty else { return statusText }
        return text
    }
}
