import StepwellHistory
import StepwellJSON

extension Engine {
    /// Reports the success of the task with this token; `output` is JSON text.
    package func sendTaskSuccess(token: String, output: [UInt8]) async throws {
        let limit = configuration.executionLimits.payloadBytes
        guard output.count <= limit else {
            throw ServiceError.constraint(
                nil,
                at: "output",
                "have length less than or equal to \(limit)"
            )
        }
        let token = try checked(token)
        do {
            _ = try JSONParser.parse(output)
        } catch {
            throw ServiceError(
                code: "InvalidOutput",
                message: "Invalid Output: '\(error.summary)'"
            )
        }
        try await report(token) { .taskSucceeded($0, output: Payload(text: output)) }
    }

    /// Reports the failure of the task with this token.
    package func sendTaskFailure(token: String, error: String?, cause: String?) async throws {
        try checkFailure(error: error, cause: cause)
        let failure = Failure(error: error, cause: cause)
        try await report(try checked(token)) { .taskFailed($0, failure) }
    }

    /// Reports that the task with this token is still being worked on.
    package func sendTaskHeartbeat(token: String) async throws {
        try await report(try checked(token)) { .taskHeartbeat($0) }
    }

    private func checked(_ text: String) throws(ServiceError) -> TaskToken {
        guard text.utf8.count <= 2_048 else {
            throw .constraint(nil, at: "taskToken", "have length less than or equal to 2048")
        }
        guard let token = TaskToken(text: text), token.shard == store.identity.shard else {
            throw .invalidToken
        }
        return token
    }

    private func report(_ token: TaskToken, _ input: (Ordinal) -> Input) async throws {
        let answer = await Self.send(
            input(token.ordinal),
            to: token.execution,
            secret: token.secret,
            via: shard.mailbox
        )
        switch answer {
        case .accepted: return
        case .refused: throw ServiceError.taskTimedOut
        case .unknown: throw ServiceError.taskDoesNotExist
        case .failed(let error): throw error
        }
    }
}

extension JSONParseError {
    /// The error in one line.
    var summary: String { "\(reason) at line \(line), column \(column)" }
}
