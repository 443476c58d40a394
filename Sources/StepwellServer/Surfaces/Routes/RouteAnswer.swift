import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTriggers

/// Makes the answers of routes.
enum RouteAnswer {
    /// The answer by a route's mapping, or the operation's own where it has none.
    ///
    /// - Throws: `InternalServerError` when the mapping gives no answer.
    static func response(
        _ route: CompiledRoute,
        _ context: MappingContext
    ) throws(ServiceError) -> ServiceResponse {
        let status = try value(route.status, "StatusCode", context)
        var response = ServiceResponse(json: [], status: 200)
        response.contentType = "application/json"
        if let status {
            guard let code = status.intValue ?? status.stringValue.flatMap({ Int($0) }),
                (200...599).contains(code)
            else { throw mistake(route, "StatusCode", "\(JSONWriter.string(status)) is none") }
            response.status = code
        }
        for (name, mapping) in route.headers {
            guard let value = try value(mapping, name, context) else { continue }
            let text = value.stringValue ?? JSONWriter.string(value)
            guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw mistake(route, name, "no header field can hold it")
            }
            if name.lowercased() == "content-type" {
                response.contentType = text
            } else {
                response.headers.append((name, text))
            }
        }
        guard ![204, 304].contains(response.status) else { return response }
        guard route.body != nil else {
            response.body = JSONWriter.write(.object(operationAnswer(context.response ?? [:])))
            return response
        }
        let body = try value(route.body, "Body", context)
        let isText = response.contentType.lowercased().contains("json") == false
        if isText, let text = body?.stringValue {
            response.body = Array(text.utf8)
        } else if let body {
            response.body = JSONWriter.write(body)
        }
        return response
    }

    private static func value(
        _ mapping: MappingValue?,
        _ name: String,
        _ context: MappingContext
    ) throws(ServiceError) -> JSONValue? {
        do throws(RouteProblem) {
            return try mapping?.value(in: context)
        } catch {
            throw ServiceError(
                code: "InternalServerError",
                message: "The answer's \(name) cannot be made: \(error.description)"
            )
        }
    }

    private static func mistake(
        _ route: CompiledRoute,
        _ name: String,
        _ reason: String
    ) -> ServiceError {
        ServiceError(
            code: "InternalServerError",
            message: "The answer's \(name) cannot be made: \(reason)."
        )
    }

    /// What the operation itself answers: an execution's output is a text there.
    private static func operationAnswer(_ members: JSONObject) -> JSONObject {
        var members = members
        if let output = members["output"] {
            members["output"] = .string(JSONWriter.string(output))
        }
        return members
    }

    /// An execution that has ended, for mappings: StartSyncExecution's answer, but for the output,
    /// which is a value.
    static func members(of response: StartSyncExecutionResponse) -> JSONObject {
        let execution = response.execution
        var members: JSONObject = [
            "executionArn": .string(execution.executionARN),
            "name": .string(execution.name), "status": .string(execution.status.rawValue),
            "startDate": .number(execution.startDate.epochSeconds),
        ]
        members["stateMachineArn"] = .string(execution.stateMachineARN)
        members["stopDate"] = execution.stopDate.map { .number($0.epochSeconds) }
        members["output"] = execution.output.flatMap {
            try? JSONParser.parse(Array($0.string.utf8))
        }
        members["error"] = execution.failure?.error.map { .string($0) }
        members["cause"] = execution.failure?.cause.map { .string($0) }
        return members
    }

    /// An error as a client of a route sees it.
    static func refusal(_ error: ServiceError) -> ServiceResponse {
        var response = ServiceResponse(
            json: JSONWriter.write([
                "error": .string(error.code.rawValue), "message": .string(error.message),
            ]),
            status: status(of: error)
        )
        response.contentType = "application/json"
        return response
    }

    private static func status(of error: ServiceError) -> Int {
        switch error.code {
        case "ExecutionAlreadyExists": 409
        case "TaskDoesNotExist": 404
        case "TaskTimedOut": 410
        case "ThrottlingException", "ExecutionLimitExceeded": 429
        case "StateMachineDoesNotExist", "StateMachineDeleting", "StateMachineTypeNotSupported",
            "InvalidArn":
            502
        case "ExecutionGoesOn": 504
        default: error.httpStatus
        }
    }
}
