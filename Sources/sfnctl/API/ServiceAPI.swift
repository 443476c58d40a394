import StepwellJSON

/// Whoever answers the API's operations: a server, or a data directory.
protocol ServiceAPI: Sendable {
    /// Calls an operation with the members of its request; gives those of its response.
    ///
    /// Throws `ServiceError` when it is refused.
    func call(
        _ operation: String,
        _ members: JSONObject,
        of service: ServiceClient.Service
    ) async throws -> JSONObject

    /// Takes in what others have changed since, where that is not seen by itself.
    func refresh() async throws

    /// The ARN of the execution with a number in its log.
    func arn(ofExecutionNumber number: UInt64) throws -> String
}

extension ServiceAPI {
    func refresh() async throws {}

    /// Calls an operation of Step Functions.
    func call(_ operation: String, _ members: JSONObject = JSONObject()) async throws -> JSONObject
    {
        try await call(operation, members, of: .stepFunctions)
    }

    /// The elements of a listing, page by page in order, until `visit` wants no more.
    ///
    /// - Parameters:
    ///   - operation: the operation that lists.
    ///   - members: its request.
    ///   - member: what holds the elements in an answer.
    ///   - pageSize: how many elements are asked for at once.
    ///   - visit: is given each element, and says whether to go on.
    /// - Returns: whether the listing has come to its end.
    /// - Throws: `ServiceError`, and what `visit` throws.
    @discardableResult
    func each(
        _ operation: String,
        _ members: JSONObject = JSONObject(),
        in member: String,
        pageSize: Int = 1_000,
        visit: (JSONObject) throws -> Bool
    ) async throws -> Bool {
        var request = members
        request["maxResults"] = .integer(pageSize)
        while true {
            let page = try await call(operation, request)
            for case .object(let element) in page[member]?.arrayValue ?? [] {
                guard try visit(element) else { return false }
            }
            guard let token = page["nextToken"] else { return true }
            request["nextToken"] = token
        }
    }
}

extension ServiceClient: ServiceAPI {
    /// Refuses it: a server's executions go by ARN or name.
    func arn(ofExecutionNumber number: UInt64) throws -> String {
        throw CommandFailure(
            .badInput,
            "an execution's number needs --data-dir; give its ARN or "
                + "machine:name"
        )
    }
}

extension JSONValue {
    /// A whole number.
    static func integer(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }
}
