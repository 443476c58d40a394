import StepwellJSON

/// A route, ready to answer: its pattern and mappings compiled.
package struct CompiledRoute: Sendable {
    package let name: String
    package let definition: RouteDefinition
    package let pattern: RoutePattern
    /// The members of the operation's request.
    package let request: [(key: String, value: MappingValue)]
    /// What makes the status, each header field and the body; nil is the operation's answer.
    package let status: MappingValue?
    package let headers: [(key: String, value: MappingValue)]
    package let body: MappingValue?

    /// Compiles a route.
    ///
    /// - Throws: `RouteProblem`.
    init(_ name: String, _ definition: RouteDefinition) throws(RouteProblem) {
        self.name = name
        self.definition = definition
        pattern = try RoutePattern(definition.route)
        var request: [(key: String, value: MappingValue)] = []
        for (key, value) in definition.request ?? [:] {
            request.append((key, try MappingValue(value)))
        }
        for (key, text) in definition.action.defaults
        where !request.contains(where: { $0.key == key }) {
            request.append((key, try MappingValue(.string(text))))
        }
        self.request = request
        status = try definition.response?["StatusCode"].map(Self.compile)
        body = try definition.response?["Body"].map(Self.compile)
        headers = try Self.headers(definition.response?["Headers"])
    }

    private static func compile(_ value: JSONValue) throws(RouteProblem) -> MappingValue {
        try MappingValue(value)
    }

    private static func headers(
        _ value: JSONValue?
    ) throws(RouteProblem) -> [(key: String, value: MappingValue)] {
        guard let value else { return [] }
        guard case .object(let members) = value else {
            throw RouteProblem("The Headers of a Response are an object.")
        }
        var headers: [(key: String, value: MappingValue)] = []
        for (name, value) in members {
            guard isField(name) else {
                throw RouteProblem("A Response cannot have the header field '\(name)'.")
            }
            headers.append((name, try MappingValue(value)))
        }
        return headers
    }

    /// Whether a name is one of a header field that an answer may have: a token of RFC 9110, and
    /// none that says how the message is sent.
    private static func isField(_ name: String) -> Bool {
        let lowercase = name.lowercased()
        let own = [
            "connection", "content-length", "date", "keep-alive", "te", "trailer",
            "transfer-encoding", "upgrade", "x-amzn-requestid",
        ]
        guard !name.isEmpty, !own.contains(lowercase) else { return false }
        return lowercase.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
    }
}
