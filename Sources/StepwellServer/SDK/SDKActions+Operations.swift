package import StepwellEngine
import StepwellHistory
import StepwellJSON

extension SDKActions {
    /// Every operation of this server, for tasks with `aws-sdk:sfn:…` resources.
    package static let operations = SDKActions(
        contains: { Operation.all[SDKNames.pascal($0)] != nil },
        perform: { action, parameters, engine in
            guard let operation = Operation.all[SDKNames.pascal(action)] else {
                throw ServiceError(
                    code: "UnknownOperationException",
                    message: "There is no action \(action)"
                )
            }
            let request = try SDKNames.request(parameters, operation.shape)
            let response = try await operation.respond(
                to: JSONWriter.write(.object(request)),
                engine: engine,
                tokens: PageTokens(storeID: engine.store.identity.storeID, clock: engine.clock)
            )
            guard !Task.isCancelled else {
                response.undelivered?()
                throw CancellationError()
            }
            return SDKNames.response(try JSONParser.parse(response.body))
        }
    )
}

/// The names of AWS's SDK integrations: members in PascalCase, dates in ISO 8601.
enum SDKNames {
    /// `startExecution` as `StartExecution`.
    static func pascal(_ name: String) -> String {
        changingFirst(name) { (97...122).contains($0) ? $0 - 32 : $0 }
    }

    /// `StateMachineArn` as `stateMachineArn`.
    static func camel(_ name: String) -> String {
        changingFirst(name) { (65...90).contains($0) ? $0 + 32 : $0 }
    }

    private static func changingFirst(_ name: String, _ change: (UInt8) -> UInt8) -> String {
        var bytes = Array(name.utf8)
        if let first = bytes.first { bytes[0] = change(first) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A request's members from a task's parameters.
    ///
    /// What is an object or array where the model has a string is given as its JSON text, as AWS
    /// does.
    ///
    /// Throws `ValidationException` for a member that is not written in PascalCase.
    static func request(
        _ parameters: JSONObject,
        _ shape: [MemberShape]
    ) throws(ServiceError) -> JSONObject {
        var request = JSONObject()
        for member in parameters {
            guard pascal(member.key).utf8.elementsEqual(member.key.utf8) else {
                throw ServiceError(
                    code: "ValidationException",
                    message: "The field '\(member.key)' is not supported by Step Functions"
                )
            }
            let name = camel(member.key)
            let found = shape.first { $0.name.utf8.elementsEqual(name.utf8) }
            if let found {
                request[name] = try value(member.value, found.value)
            } else {
                request[name] = member.value
            }
        }
        return request
    }

    private static func value(
        _ value: JSONValue,
        _ shape: ValueShape
    ) throws(ServiceError) -> JSONValue {
        switch (shape, value) {
        case (.string, .object), (.string, .array):
            .string(JSONWriter.string(value))
        case (.structure(let shape), .object(let members)):
            .object(try request(members, shape))
        case (.list(let shape, _), .array(let values)):
            .array(try values.map { value throws(ServiceError) in try self.value(value, shape) })
        default: value
        }
    }

    /// Members that are maps: their keys are names of the user's.
    private static let maps: Set = ["assignedVariables", "variableReferences"]

    /// A response as the SDK shows it.
    static func response(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            .object(
                JSONObject(
                    members.map { member in
                        if maps.contains(member.key) {
                            return (pascal(member.key), member.value)
                        }
                        return (pascal(member.key), named(member.key, member.value))
                    }
                )
            )
        case .array(let values): .array(values.map(response))
        default: value
        }
    }

    private static func named(_ name: String, _ value: JSONValue) -> JSONValue {
        guard case .number(let seconds) = value, name == "timestamp" || name.hasSuffix("Date")
        else { return response(value) }
        let time = Timestamp(milliseconds: Int64((seconds.double * 1_000).rounded()))
        // As Java's Instant writes it: no fraction where there is none.
        let text = time.rfc3339
        return .string(text.hasSuffix(".000Z") ? text.dropLast(5) + "Z" : text)
    }
}
