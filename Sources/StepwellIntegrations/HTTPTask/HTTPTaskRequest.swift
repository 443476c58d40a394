import StepwellEngine
import StepwellJSON

/// The parameters of `http:invoke` (developer guide, "Call HTTPS APIs in Step Functions
/// workflows").
struct HTTPTaskRequest {
    let endpoint: String
    let method: String
    let connectionARN: String
    var headers: HTTPFields
    var query: HTTPFields
    let body: JSONValue?
    let form: FormEncoding?

    private static let methods: Set = [
        "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD",
    ]

    private static let fields: Set = [
        "ApiEndpoint", "Method", "Authentication", "InvocationConfig", "Headers", "QueryParameters",
        "RequestBody", "Transform",
    ]

    /// Headers that a definition may not give.
    private static let forbidden: Set = [
        "a-im", "accept-charset", "accept-datetime", "accept-encoding", "authorization",
        "cache-control", "connection", "content-encoding", "content-md5", "date", "expect",
        "forwarded", "from", "host", "http2-settings", "if-match", "if-modified-since",
        "if-none-match", "if-range", "if-unmodified-since", "max-forwards", "origin", "pragma",
        "proxy-authorization", "referer", "server", "te", "trailer", "transfer-encoding",
        "upgrade", "via", "warning", "content-length",
    ]

    init(_ parameters: JSONValue) throws(TaskFailure) {
        guard case .object(let given) = parameters else {
            throw .runtime("The parameters of an HTTP Task must be an object")
        }
        for key in given.keys where !Self.fields.contains(key) {
            throw .runtime("The field '\(key)' is not supported by Step Functions")
        }
        guard let endpoint = given["ApiEndpoint"]?.stringValue,
            ["http", "https"].contains(URLText.scheme(endpoint))
        else {
            throw .runtime("ApiEndpoint must be the URL of an API: https://…")
        }
        self.endpoint = endpoint
        guard let method = given["Method"]?.stringValue, Self.methods.contains(method) else {
            throw .runtime(
                "Method must be one of \(Self.methods.sorted().joined(separator: ", "))"
            )
        }
        self.method = method
        guard
            let connection = given["Authentication"]?["ConnectionArn"]?.stringValue
                ?? given["InvocationConfig"]?["ConnectionArn"]?.stringValue
        else {
            throw .runtime("An HTTP Task needs a connection: Authentication.ConnectionArn")
        }
        connectionARN = connection
        headers = try HTTPFields(given["Headers"], "Headers")
        try headers.refuse(Self.forbidden, prefixes: ["x-forwarded", "x-amz-", "x-amzn-"])
        query = try HTTPFields(given["QueryParameters"], "QueryParameters")
        body = given["RequestBody"].flatMap { $0.isNull ? nil : $0 }
        form = try Self.form(given["Transform"])
    }

    private static func form(_ transform: JSONValue?) throws(TaskFailure) -> FormEncoding? {
        switch transform?["RequestBodyEncoding"]?.stringValue {
        case nil, "NONE"?: return nil
        case "URL_ENCODED"?:
            let format = transform?["RequestEncodingOptions"]?["ArrayFormat"]?.stringValue
            guard let form = FormEncoding(rawValue: format ?? FormEncoding.indices.rawValue) else {
                throw .runtime(
                    "ArrayFormat must be one of BRACKETS, COMMAS, INDICES, REPEAT"
                )
            }
            return form
        case let other?:
            throw .runtime("RequestBodyEncoding cannot be '\(other)': NONE and URL_ENCODED can")
        }
    }

    /// What is sent, with the members that a connection adds to the body.
    func content(adding members: [NamedSecret]) throws(TaskFailure) -> [UInt8] {
        guard !members.isEmpty || form != nil else {
            switch body {
            case nil: return []
            case .string(let text)?: return Array(text.utf8)
            case let value?: return JSONWriter.write(value)
            }
        }
        guard case .object(var object) = body ?? .object(JSONObject()) else {
            throw .runtime(
                "RequestBody must be an object, to be written as a form or to take what the "
                    + "connection adds"
            )
        }
        for member in members { object[member.name] = .string(member.value.reveal()) }
        guard let form else { return object.isEmpty ? [] : JSONWriter.write(.object(object)) }
        return Array(form.form(object).utf8)
    }
}
