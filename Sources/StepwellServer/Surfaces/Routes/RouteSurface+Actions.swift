import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellTriggers

extension RouteSurface {
    /// Does what a route says with a request, and answers by its mapping.
    ///
    /// - Throws: `ServiceError`, which no mapping is asked about.
    func perform(_ request: RouteRequest) async throws(ServiceError) -> ServiceResponse {
        let seed = entropy.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var context = try request.context(at: engine.clock.now(), seed: seed)
        var members: [String: JSONValue] = [:]
        for (key, value) in request.route.request {
            do throws(RouteProblem) {
                members[key] = try value.value(in: context)
            } catch {
                throw ServiceError(
                    code: "BadRequestException",
                    message: "The request does not give \(key): \(error.description)"
                )
            }
        }
        let answer: JSONObject
        switch request.route.definition.action {
        case .startExecution: answer = try await start(request, members)
        case .startSyncExecution: answer = try await startSync(request, members)
        case .sendTaskSuccess, .sendTaskFailure: answer = try await report(request, members)
        }
        context.response = answer
        return try RouteAnswer.response(request.route, context)
    }

    private func start(
        _ request: RouteRequest,
        _ members: [String: JSONValue]
    ) async throws(ServiceError) -> JSONObject {
        let start = Self.start(request, members)
        do throws(ServiceError) {
            let started = try await ask { [engine] in try await engine.startExecution(start) }
            return Self.answer(started.executionARN, started.startDate)
        } catch {
            guard error.code == "ExecutionAlreadyExists",
                let former = try await former(start)
            else { throw error }
            return former
        }
    }

    /// The execution of a request that comes again when it has ended, if it had the same input.
    ///
    /// The API refuses that; a client that did not get its answer has no other way to know.
    private func former(_ start: StartExecutionRequest) async throws(ServiceError) -> JSONObject? {
        guard let name = start.name, let machine = try? StateMachineARN(start.stateMachineARN)
        else { return nil }
        let arn = ExecutionARN(stateMachineARN: machine.unqualified, name: name).string
        let former = try await ask { [engine] in try await engine.describeExecution(arn: arn) }
        guard former.input.string.utf8.elementsEqual(start.input) else { return nil }
        return Self.answer(arn, former.startDate)
    }

    private static func answer(_ arn: String, _ date: Timestamp) -> JSONObject {
        ["executionArn": .string(arn), "startDate": .number(date.epochSeconds)]
    }

    private func startSync(
        _ request: RouteRequest,
        _ members: [String: JSONValue]
    ) async throws(ServiceError) -> JSONObject {
        let seconds = request.route.definition.timeoutSeconds
        let start = Self.start(request, members)
        do throws(ServiceError) {
            let closed = try await ask { [engine] in
                try await within(seconds: seconds) { try await engine.startSyncExecution(start) }
            }
            return RouteAnswer.members(of: closed)
        } catch {
            guard error.code == "ExecutionGoesOn", !engine.isShuttingDown else { throw error }
            throw ServiceError(
                code: error.code,
                message: "The execution did not end within \(seconds) seconds; it continues."
            )
        }
    }

    private static func start(
        _ request: RouteRequest,
        _ members: [String: JSONValue]
    ) -> StartExecutionRequest {
        var start = StartExecutionRequest(
            stateMachineARN: request.route.definition.stateMachineARN ?? "",
            name: members["Name"].map(text),
            input: JSONWriter.write(members["Input"] ?? .object([:]))
        )
        start.traceHeader =
            members["TraceHeader"].map(text)
            ?? request.request.headerValues("x-amzn-trace-id").first
        return start
    }

    private func report(
        _ request: RouteRequest,
        _ members: [String: JSONValue]
    ) async throws(ServiceError) -> JSONObject {
        guard let token = members["TaskToken"].map(Self.text), !token.isEmpty else {
            throw ServiceError(
                code: "BadRequestException",
                message: "The request does not give TaskToken."
            )
        }
        let isSuccess = request.route.definition.action == .sendTaskSuccess
        let output = JSONWriter.write(members["Output"] ?? .object([:]))
        let (error, cause) = (members["Error"].map(Self.text), members["Cause"].map(Self.text))
        try await ask { [engine] in
            if isSuccess {
                try await engine.sendTaskSuccess(token: token, output: output)
            } else {
                try await engine.sendTaskFailure(token: token, error: error, cause: cause)
            }
        }
        return [:]
    }

    private static func text(_ value: JSONValue) -> String {
        value.stringValue ?? JSONWriter.string(value)
    }

    private func ask<Answer: Sendable>(
        _ question: @Sendable () async throws -> Answer
    ) async throws(ServiceError) -> Answer {
        do {
            return try await question()
        } catch let error as ServiceError {
            throw error
        } catch is CancellationError {
            throw ServiceError(code: "ServiceUnavailable", message: "The server is stopping.")
        } catch {
            throw ServiceError(code: "InternalServerError", message: "The server failed.")
        }
    }
}

/// Does something that gives up when it is cancelled, for so long.
private func within<Answer: Sendable>(
    seconds: Int,
    _ work: @escaping @Sendable () async throws -> Answer
) async throws -> Answer {
    try await withThrowingTaskGroup(of: Answer?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            return nil
        }
        defer { group.cancelAll() }
        if let first = try await group.next(), let answer = first { return answer }
        group.cancelAll()
        // It was told to give up, and says what goes on; or it has ended just now.
        while let next = try await group.next() {
            if let answer = next { return answer }
        }
        throw CancellationError()
    }
}
