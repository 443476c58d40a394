package import StepwellEngine
import StepwellHistory
import StepwellJSON
package import StepwellTriggers

/// Changes and shows HTTP routes and their callers' keys, and says when schedule expressions are
/// due: operations of our own, `POST /` with a target that begins with `StepwellTriggers.`.
package struct RouteAdministration: ServedSurface {
    let keeper: RouteKeeper
    let zones: ZoneLibrary
    let clock: any EngineClock

    package init(_ keeper: RouteKeeper, zones: ZoneLibrary, clock: any EngineClock) {
        self.keeper = keeper
        self.zones = zones
        self.clock = clock
    }

    /// Signatures are for `states`, as those of this product's other operations.
    package func authentication(of request: ServiceRequest) -> SurfaceAuthentication? {
        operation(of: request) == nil ? nil : .signature(service: "states")
    }

    /// The answer; nil for other operations.
    package func respond(
        to request: ServiceRequest
    ) async throws(ServiceError) -> ServiceResponse? {
        guard let operation = operation(of: request) else { return nil }
        var call = AuditedCall(source: "stepwell", name: operation.rawValue)
        var response: ServiceResponse
        do throws(ServiceError) {
            let members = try SchedulerRequest.members(inBody: request.body)
            if let name = members["Name"] { call.parameters["Name"] = name }
            let answer = try await perform(operation, members)
            response = ServiceResponse(json: JSONWriter.write(.object(answer)))
        } catch {
            response = ServiceResponse(error)
        }
        if operation.isChange { response.audited = call }
        return response
    }

    private enum Operation: String {
        case listRoutes = "ListRoutes"
        case getRoute = "GetRoute"
        case putRoute = "PutRoute"
        case deleteRoute = "DeleteRoute"
        case listAPIKeys = "ListApiKeys"
        case createAPIKey = "CreateApiKey"
        case deleteAPIKey = "DeleteApiKey"
        case listInvocations = "ListNextInvocations"

        var isChange: Bool {
            switch self {
            case .putRoute, .deleteRoute, .createAPIKey, .deleteAPIKey: true
            case .listRoutes, .getRoute, .listAPIKeys, .listInvocations: false
            }
        }
    }

    private func operation(of request: ServiceRequest) -> Operation? {
        let prefix = "StepwellTriggers."
        guard let target = request.target, target.utf8.starts(with: prefix.utf8),
            request.method == "POST", request.pathAndQuery.path == "/"
        else { return nil }
        return Operation(rawValue: String(target.dropFirst(prefix.count)))
    }

    private func perform(
        _ operation: Operation,
        _ members: JSONObject
    ) async throws(ServiceError) -> JSONObject {
        switch operation {
        case .listRoutes: return ["Routes": .array(keeper.book.routes.map { shown($0) })]
        case .getRoute:
            let name = try Self.name(members)
            guard let route = keeper.book.route(name) else {
                throw ServiceError(
                    code: "ResourceNotFoundException",
                    message: "The route \(name) does not exist."
                )
            }
            return ["Route": shown(route)]
        case .putRoute:
            let name = try Self.name(members)
            var members = members
            members.removeValue(forKey: "Name")
            let definition: RouteDefinition
            do throws(RouteProblem) {
                definition = try RouteDefinition(members)
            } catch {
                throw .notValid(error.description)
            }
            return ["Route": shown(try await keeper.put(name, definition))]
        case .deleteRoute:
            try await keeper.delete(Self.name(members))
            return [:]
        case .listAPIKeys: return ["ApiKeys": .array(keeper.book.keys.map { shown($0) })]
        case .createAPIKey:
            let name = try Self.name(members)
            let rate = try members["Throttle"].map { json throws(ServiceError) in
                guard let rate = RouteRate(json) else {
                    throw .notValid("A Throttle is like {\"Rate\": 10, \"Burst\": 20}.")
                }
                return rate
            }
            let key = try await keeper.createKey(name, rate: rate)
            return ["Name": .string(name), "Key": .string(key)]
        case .deleteAPIKey:
            try await keeper.deleteKey(Self.name(members))
            return [:]
        case .listInvocations: return try invocations(members)
        }
    }

    private static func name(_ members: JSONObject) throws(ServiceError) -> String {
        guard let name = members["Name"]?.stringValue else { throw .notValid("Name is required.") }
        return name
    }

    private func shown(_ route: Route) -> JSONValue {
        var members: JSONObject = ["Name": .string(route.name)]
        for (key, value) in route.definition.json { members[key] = value }
        members["CreationDate"] = .number(route.created.epochSeconds)
        members["LastModificationDate"] = .number(route.modified.epochSeconds)
        members["IsFromFile"] = .bool(route.isFromFile)
        return .object(members)
    }

    private func shown(_ key: RouteKey) -> JSONValue {
        [
            "Name": .string(key.name), "CreationDate": .number(key.created.epochSeconds),
            "IsFromFile": .bool(key.isFromFile),
        ]
    }

    /// The next times of an expression, for whoever writes one.
    private func invocations(_ members: JSONObject) throws(ServiceError) -> JSONObject {
        let now = clock.now()
        do {
            let recurrence = Recurrence(
                try ScheduleExpression(members["ScheduleExpression"]?.stringValue ?? ""),
                zone: try zones.zone(members["ScheduleExpressionTimezone"]?.stringValue ?? "UTC"),
                anchor: now,
                start: ScheduleDefinition.time(members["StartDate"]),
                end: ScheduleDefinition.time(members["EndDate"])
            )
            let count = min(max(members["MaxResults"]?.intValue ?? 10, 1), 100)
            return [
                "Invocations": .array(
                    recurrence.times(after: now, count: count).map { time in
                        [
                            "Time": .string(time.rfc3339Seconds),
                            "LocalTime": .string(recurrence.zone.clock(at: time).text),
                        ]
                    }
                )
            ]
        } catch {
            throw .notValid("\(error)")
        }
    }
}
