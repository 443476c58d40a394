import StepwellEngine
import StepwellJSON

/// The request that the parameters of `apigateway:invoke` ask for.
struct APIGatewayRequest {
    let request: OutgoingRequest
    /// Whether it is signed: with `IAM_ROLE` and `RESOURCE_POLICY`.
    let isSigned: Bool
    /// The region of the API.
    let region: String

    private static let fields: Set = [
        "ApiEndpoint", "Method", "Headers", "Stage", "Path", "QueryParameters", "RequestBody",
        "AuthType", "AllowNullValues",
    ]

    private static let methods: Set = [
        "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS",
    ]

    /// Headers that a definition may not give.
    private static let forbidden: Set = [
        "authorization", "connection", "content-md5", "expect", "host", "max-forwards",
        "proxy-authenticate", "server", "te", "transfer-encoding", "trailer", "upgrade", "via",
        "www-authenticate", "content-length",
    ]

    init(_ parameters: JSONValue, _ ownRegion: String) throws(TaskFailure) {
        guard case .object(let given) = parameters else {
            throw .runtime("The parameters of apigateway:invoke must be an object")
        }
        for key in given.keys where !Self.fields.contains(key) {
            throw .runtime("The field '\(key)' is not supported by Step Functions")
        }
        guard let endpoint = given["ApiEndpoint"]?.stringValue, !endpoint.isEmpty else {
            throw .runtime("ApiEndpoint must be the host name of an API")
        }
        guard let method = given["Method"]?.stringValue, Self.methods.contains(method) else {
            throw .runtime(
                "Method must be one of \(Self.methods.sorted().joined(separator: ", "))"
            )
        }
        switch given["AuthType"]?.stringValue {
        case nil, "NO_AUTH"?: isSigned = false
        case "IAM_ROLE"?, "RESOURCE_POLICY"?: isSigned = true
        case let other?:
            throw .runtime(
                "AuthType cannot be '\(other)': NO_AUTH, IAM_ROLE and RESOURCE_POLICY can"
            )
        }
        var headers = try HTTPFields(given["Headers"], "Headers")
        try headers.refuse(Self.forbidden, prefixes: ["x-forwarded", "x-amz", "x-amzn"])
        let query = try HTTPFields(given["QueryParameters"], "QueryParameters")
        let keepsNulls = given["AllowNullValues"]?.boolValue ?? false
        let body = Self.body(given["RequestBody"], keepsNulls, headers.value("Content-Type"))
        if !body.isEmpty, !headers.contains("Content-Type") {
            headers.set("Content-Type", "application/json")
        }
        headers.set("User-Agent", "Amazon|StepFunctions|ApiGatewayInvoke|\(ownRegion)")
        let base = URLText.scheme(endpoint) == nil ? "https://\(endpoint)" : endpoint
        let path = [given["Stage"], given["Path"]].compactMap { $0?.stringValue }
            .map { $0.trimmingSlashes }.filter { !$0.isEmpty }
        request = OutgoingRequest(
            method: method,
            url: URLText.url(
                base.trimmingSlashes + "/" + path.map(URLText.path).joined(separator: "/"),
                adding: query.fields
            ),
            headers: headers.fields,
            body: body,
            maximumAnswerBytes: 1 << 20
        )
        region = Self.region(endpoint) ?? ownRegion
    }

    /// The region in `ID.execute-api.REGION.amazonaws.com`.
    private static func region(_ endpoint: String) -> String? {
        let parts = endpoint.split(separator: ".")
        guard parts.count > 3, parts[1] == "execute-api" else { return nil }
        return String(parts[2])
    }

    /// A string is sent as JSON too, as AWS does, unless the definition gives another type.
    private static func body(
        _ value: JSONValue?,
        _ keepsNulls: Bool,
        _ type: String?
    ) -> [UInt8] {
        switch value {
        case nil, .null?: return []
        case .string(let text)? where type.map { !$0.contains("json") } ?? false:
            return Array(text.utf8)
        case let value?:
            return JSONWriter.write(keepsNulls ? value : value.withoutNullMembers)
        }
    }
}

extension JSONValue {
    /// The value without members that are null, at whatever depth.
    fileprivate var withoutNullMembers: JSONValue {
        switch self {
        case .object(let members):
            .object(JSONObject(members.withoutNulls.map { ($0.key, $0.value.withoutNullMembers) }))
        case .array(let elements): .array(elements.map(\.withoutNullMembers))
        case .null, .bool, .number, .string: self
        }
    }
}

extension String {
    /// The text without slashes at its ends.
    fileprivate var trimmingSlashes: String {
        var text = Substring(self)
        while text.hasPrefix("/") { text.removeFirst() }
        while text.hasSuffix("/") { text.removeLast() }
        return String(text)
    }
}
