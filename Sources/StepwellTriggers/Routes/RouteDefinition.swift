package import StepwellJSON

/// What is said of an HTTP route.
package struct RouteDefinition: Sendable, Equatable {
    /// Who may use a route.
    package enum Authorization: String, Sendable, Hashable, CaseIterable {
        /// Everybody who reaches the server.
        case none = "NONE"
        /// Who has a key: one of the route's, or any where it names none.
        case apiKey = "API_KEY"
        /// Who signs the request, for the service `execute-api`, where the server asks for
        /// signatures.
        case iam = "AWS_IAM"
    }

    /// `POST /orders/{id}`.
    package var route: String
    package var action: RouteAction
    /// The state machine, version or alias that is started.
    package var stateMachineARN: String?
    /// How the operation's request is made of the route's; nil is the action's own way.
    package var request: JSONObject?
    /// How the answer is made: `StatusCode`, `Headers`, `Body`; nil is the operation's answer.
    package var response: JSONObject?
    package var authorization: Authorization
    /// Names of keys.
    package var apiKeys: [String]
    package var rate: RouteRate?
    package var crossOrigin: CrossOrigin?
    /// For how long the end of an execution is waited for, in seconds.
    package var timeoutSeconds: Int
    package var isEnabled: Bool
    package var description: String?

    /// The members that there may be.
    static let members = [
        "Route", "Action", "StateMachineArn", "Request", "Response", "Authorization", "ApiKeys",
        "Throttle", "Cors", "TimeoutSeconds", "State", "Description",
    ]

    /// Reads a definition.
    ///
    /// - Throws: `RouteProblem`.
    package init(_ json: JSONObject) throws(RouteProblem) {
        for key in json.keys where !Self.members.contains(key) {
            throw RouteProblem("A route has no member '\(key)'.")
        }
        guard let route = json["Route"]?.stringValue else {
            throw RouteProblem("A route has a Route like 'POST /orders/{id}'.")
        }
        self.route = route
        action = try Self.choice(json, "Action") ?? .startExecution
        stateMachineARN = json["StateMachineArn"]?.stringValue
        request = try Self.part(json, "Request", \.objectValue)
        response = try Self.part(json, "Response", \.objectValue)
        apiKeys = try Self.part(json, "ApiKeys", \.arrayValue)?.compactMap(\.stringValue) ?? []
        authorization =
            try Self.choice(json, "Authorization") ?? (apiKeys.isEmpty ? .none : .apiKey)
        rate = try Self.part(json, "Throttle") { RouteRate($0) }
        crossOrigin = try Self.part(json, "Cors") { CrossOrigin($0) }
        timeoutSeconds = try Self.part(json, "TimeoutSeconds", \.intValue) ?? 300
        isEnabled =
            try Self.part(json, "State") {
                ["DISABLED": false, "ENABLED": true][$0.stringValue ?? ""]
            } ?? true
        description = try Self.part(json, "Description", \.stringValue)
        try check()
    }

    private static func part<Value>(
        _ json: JSONObject,
        _ name: String,
        _ read: (JSONValue) -> Value?
    ) throws(RouteProblem) -> Value? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let part = read(value) else {
            throw RouteProblem("The \(name) of a route cannot be \(JSONWriter.string(value)).")
        }
        return part
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ json: JSONObject,
        _ name: String
    ) throws(RouteProblem) -> Choice? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let choice = value.stringValue.flatMap({ Choice(rawValue: $0) }) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw RouteProblem(
                "The \(name) of a route is one of \(known), not \(JSONWriter.string(value))."
            )
        }
        return choice
    }

    private static func isEnabled(_ state: JSONValue) -> Bool? {
        switch state.stringValue {
        case "ENABLED": true
        case "DISABLED": false
        default: nil
        }
    }

    private func check() throws(RouteProblem) {
        guard action.isStart == (stateMachineARN != nil) else {
            throw RouteProblem(
                action.isStart
                    ? "A route that starts executions has a StateMachineArn."
                    : "A route with the Action \(action.rawValue) has no StateMachineArn."
            )
        }
        guard (1...300).contains(timeoutSeconds) else {
            throw RouteProblem("TimeoutSeconds is from 1 to 300.")
        }
        guard authorization == .apiKey || apiKeys.isEmpty else {
            throw RouteProblem("ApiKeys are for the Authorization API_KEY.")
        }
        if let request {
            for key in request.keys where !action.members.contains(key) {
                throw RouteProblem(
                    "The Request of a route with the Action \(action.rawValue) has no member "
                        + "'\(key)'; it has \(action.members.joined(separator: ", "))."
                )
            }
        }
        if let response {
            for key in response.keys where !["StatusCode", "Headers", "Body"].contains(key) {
                throw RouteProblem(
                    "The Response of a route has no member '\(key)'; it has StatusCode, Headers, "
                        + "Body."
                )
            }
        }
    }

    /// Checks the pattern and what mappings say.
    ///
    /// - Throws: `RouteProblem`.
    package func checkMappings() throws(RouteProblem) {
        _ = try CompiledRoute("", self)
    }

    /// The same as it was read.
    package var json: JSONObject {
        var members: JSONObject = [
            "Route": .string(route), "Action": .string(action.rawValue),
            "Authorization": .string(authorization.rawValue),
            "TimeoutSeconds": .number(JSONNumber(Int64(timeoutSeconds))),
            "State": .string(isEnabled ? "ENABLED" : "DISABLED"),
        ]
        members["StateMachineArn"] = stateMachineARN.map { .string($0) }
        members["Request"] = request.map { .object($0) }
        members["Response"] = response.map { .object($0) }
        if !apiKeys.isEmpty { members["ApiKeys"] = .array(apiKeys.map { .string($0) }) }
        members["Throttle"] = rate?.json
        members["Cors"] = crossOrigin?.json
        members["Description"] = description.map { .string($0) }
        return members
    }
}
