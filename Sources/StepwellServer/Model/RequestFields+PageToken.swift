import StepwellEngine

extension RequestFields {
    /// `nextToken`, when it was given and is of a listing of this operation with these arguments.
    ///
    /// The page size may change from page to page; nothing else may.
    /// - Throws: `InvalidToken` for any other token, and one that is older than a day.
    func pageToken(_ operation: String, _ arguments: String...) throws(ServiceError) -> String? {
        guard let token = string("nextToken") else { return nil }
        guard let tokens else { throw .badPageToken }
        return try tokens.open(token, of: [operation] + arguments)
    }

    /// The token that the client gets for the engine's, good for the listing of this operation
    /// with these arguments.
    func sealed(_ token: String?, _ operation: String, _ arguments: String...) -> String? {
        guard let tokens, let token else { return nil }
        return tokens.seal(token, of: [operation] + arguments)
    }
}

extension ServiceError {
    static let badPageToken = ServiceError(
        code: "InvalidToken",
        message: "Invalid Token: 'Invalid token'"
    )
}
