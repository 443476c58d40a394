import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTriggers

/// A request as the mappings of routes speak of it.
struct RouteRequest {
    let request: ServiceRequest
    let route: CompiledRoute
    let parameters: [(name: String, value: String)]
    /// The name of the caller's key.
    let caller: String?

    /// What mappings may speak of.
    ///
    /// - Throws: `BadRequestException` for a body that says it is JSON and is not.
    func context(at now: Timestamp, seed: UInt64) throws(ServiceError) -> MappingContext {
        let (path, query) = request.pathAndQuery
        var members: JSONObject = [
            "method": .string(request.method), "rawPath": .string(path),
            "rawQueryString": .string(query),
            "path": .object(Self.joined(parameters.map { ($0.name, $0.value) })),
            "querystring": .object(Self.joined(QueryParameters(query).all)),
            "header": .object(Self.joined(shownHeaders)),
        ]
        members["body"] = try body()
        members["form"] = form
        var identity: JSONObject = [:]
        identity["sourceIp"] = request.peer.map { .string($0) }
        identity["apiKey"] = caller.map { .string($0) }
        identity["accessKey"] = request.caller.map { .string($0) }
        let context: JSONObject = [
            "requestId": .string(request.id), "routeKey": .string(route.definition.route),
            "routeName": .string(route.name), "time": .string(now.rfc3339),
            "timeEpoch": .number(JSONNumber(now.milliseconds)), "identity": .object(identity),
        ]
        return MappingContext(
            request: members,
            context: context,
            milliseconds: now.milliseconds,
            seed: seed
        )
    }

    /// The header fields, but for what proves who the caller is: no history is to hold that.
    private var shownHeaders: [(name: String, value: String)] {
        let hidden: Set<String> =
            switch route.definition.authorization {
            case .none: []
            case .apiKey: ["x-api-key"]
            case .iam: ["authorization", "x-amz-security-token"]
            }
        return request.headers.map { ($0.name.lowercased(), $0.value) }
            .filter { !hidden.contains($0.0) }
    }

    /// Fields by name; the values of one that is there several times are joined by commas.
    private static func joined(_ fields: [(name: String, value: String)]) -> JSONObject {
        var object = JSONObject()
        for (name, value) in fields {
            guard let first = object[name]?.stringValue else {
                object[name] = .string(value)
                continue
            }
            object[name] = .string("\(first),\(value)")
        }
        return object
    }

    /// The body: as JSON when it is, else as text; an empty object when there is none.
    private func body() throws(ServiceError) -> JSONValue {
        guard !request.body.isEmpty else { return .object([:]) }
        let type = (request.contentType ?? "").lowercased()
        do throws(JSONParseError) {
            return try JSONParser.parse(request.body, maximumDepth: 256)
        } catch {
            guard !type.contains("json") else {
                throw ServiceError(
                    code: "BadRequestException",
                    message: "The body is not JSON: \(error.reason) (line \(error.line), column "
                        + "\(error.column))."
                )
            }
            return .string(String(decoding: request.body, as: UTF8.self))
        }
    }

    /// The fields of a form; nil when the body is none.
    private var form: JSONValue? {
        let type = (request.contentType ?? "").lowercased()
        guard type.hasPrefix("application/x-www-form-urlencoded") else { return nil }
        let text = String(decoding: request.body, as: UTF8.self)
            .replacing("+", with: "%20")
        return .object(Self.joined(QueryParameters(text).all))
    }
}
