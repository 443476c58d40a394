package import StepwellHistory

/// Reads of the store for the API; all of them are done by the pool that is there for it.
extension Engine {
    /// How many reads wait for a thread.
    package var queuedReads: Int { reads.queued }

    /// A page of an execution's history.
    package func getExecutionHistory(
        _ request: GetExecutionHistoryRequest,
        scope: ExecutionScope = .standard
    ) async throws -> Page<HistoryEvent> {
        try await page(request, scope) { reader, head, page throws(ServiceError) in
            var events: [HistoryEvent] = []
            var bytes = 0
            let token = try reader.page(of: head, page) { event in
                bytes += event.body.payloads.reduce(256) { $0 + $1.text.count }
                guard events.isEmpty || bytes <= page.eventBytes else { return false }
                events.append(event)
                return true
            }
            return Page(items: events, nextToken: token)
        }
    }

    /// A page of an execution's history as it is sent: its text is written while it is read.
    package func getExecutionHistoryText(
        _ request: GetExecutionHistoryRequest,
        scope: ExecutionScope = .standard
    ) async throws -> GetExecutionHistoryResponse {
        try await page(request, scope) { reader, head, page throws(ServiceError) in
            var text = HistoryText(limit: page.eventBytes, includesData: page.includesData)
            let token = try reader.page(of: head, page) { text.take($0) }
            return GetExecutionHistoryResponse(events: text.finished(), nextToken: token)
        }
    }

    private func page<Answer: Sendable>(
        _ request: GetExecutionHistoryRequest,
        _ scope: ExecutionScope,
        _ read:
            @escaping @Sendable (
                HistoryReader, ExecutionHead, HistoryPageRequest
            ) throws(ServiceError) -> Answer
    ) async throws -> Answer {
        let page = try HistoryPageRequest(request, configuration.limits)
        let name = try ExecutionName(arn: request.executionARN, in: scope)
        return try await reads.read(.page) { [store] in
            try read(HistoryReader(store: store), name.head(in: store), page)
        }
    }

    /// The head of the execution with an ARN.
    package func head(
        ofExecution arn: String,
        in scope: ExecutionScope = .standard
    ) async throws -> ExecutionHead {
        let name = try ExecutionName(arn: arn, in: scope)
        return try await reads.read(.brief) { [store] in try name.head(in: store) }
    }

    /// What the store knows of the execution with an ARN.
    func record(
        ofExecution arn: String,
        in scope: ExecutionScope
    ) async throws -> ExecutionRecord {
        let name = try ExecutionName(arn: arn, in: scope)
        return try await reads.read(.brief) { [store] in
            try HistoryReader(store: store).record(of: try name.head(in: store))
        }
    }

    /// What an execution was started with, and its head.
    func start(
        ofExecution arn: String,
        in scope: ExecutionScope
    ) async throws -> (head: ExecutionHead, start: StartInput) {
        let name = try ExecutionName(arn: arn, in: scope)
        return try await reads.read(.brief) { [store] in
            let head = try name.head(in: store)
            return (head, try HistoryReader(store: store).start(of: head))
        }
    }
}

/// An execution's ARN, taken apart to be looked for.
struct ExecutionName: Sendable {
    private let arn: String
    private let machine: String
    private let name: String

    /// Throws `InvalidArn` for what is not the ARN of an execution that `scope` takes.
    init(arn: String, in scope: ExecutionScope) throws(ServiceError) {
        let parsed: ResourceARN
        if let express = try? ResourceARN(arn, expecting: .express, atLeast: 2),
            scope.takes(express: express)
        {
            parsed = express
        } else {
            parsed = try ResourceARN(arn, expecting: .execution, atLeast: 2)
        }
        self.arn = arn
        machine = parsed.sibling(.stateMachine, [parsed.names[0]])
        name = parsed.names[1...].joined(separator: ":")
    }

    /// Throws `ExecutionDoesNotExist`.
    func head(in store: any EventStore) throws(ServiceError) -> ExecutionHead {
        let head = try store.answer { (store) throws(StoreError) in
            try store.head(named: name, in: machine)
        }
        guard let head else {
            throw .executionDoesNotExist(arn)
        }
        return head
    }
}

extension EventStore {
    /// What is read from the store, in the API's errors.
    func answer<Value>(
        _ read: (Self) throws(StoreError) -> Value
    ) throws(ServiceError) -> Value {
        do throws(StoreError) {
            return try read(self)
        } catch {
            throw .internalFailure("The store cannot be read: \(error.message)")
        }
    }
}
