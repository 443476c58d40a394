import StepwellEngine
import StepwellJSON
import StepwellServer

extension ServiceResponse {
    /// An answer of the console's interface.
    static func console(_ fields: ResponseFields) -> ServiceResponse {
        .console(fields.finished())
    }

    /// An answer of the console's interface, whose text is there.
    static func console(_ text: [UInt8]) -> ServiceResponse {
        var response = ServiceResponse(json: text)
        response.contentType = "application/json"
        return response
    }
}

extension ServiceRequest {
    /// The members of the JSON object that is the request's body.
    ///
    /// - Throws: `SerializationException`.
    func consoleMembers() throws(ServiceError) -> JSONObject {
        guard case .object(let members)? = try? JSONParser.parse(body, maximumDepth: 64) else {
            throw ServiceError(
                code: "SerializationException",
                message: "The request must be a JSON object."
            )
        }
        return members
    }

    /// The parameters behind the `?`.
    var parameters: ConsoleParameters { ConsoleParameters(pathAndQuery.query) }
}
