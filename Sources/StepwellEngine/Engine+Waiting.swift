package import StepwellHistory

extension Engine {
    /// Waits until an execution is closed; throws `CancellationError` when the caller is
    /// cancelled.
    ///
    /// `rest` is that of the task which waits.
    package func waitForExecution(
        arn: String,
        rest: TaskRest = .uncounted()
    ) async throws -> DescribeExecutionResponse {
        let head = try await head(ofExecution: arn, in: .any)
        if head.summary.status == .running {
            switch try await watch(head.execution, beyond: nil, rest: rest) {
            case .reached: break
            case .closed(let description): return description
            case .unknownExecution: throw ServiceError.executionDoesNotExist(arn)
            case .cancelled: throw CancellationError()
            }
        }
        return try await describe(try await record(ofExecution: arn, in: .any))
    }

    /// Lets time pass by the engine's clock; throws `CancellationError` when the caller is
    /// cancelled or the engine ends.
    func pass(milliseconds: Int64, _ rest: TaskRest) async throws {
        let due = clock.now().advanced(byMilliseconds: milliseconds)
        try await shard.alarms.sleep(until: due, rest)
    }

    /// The events of an execution from its first, each as soon as it is durable; ends when the
    /// execution is closed.
    package func events(of arn: String) -> HistoryEventSequence {
        HistoryEventSequence(engine: self, executionARN: arn)
    }

    /// Waits until an execution has records behind an ordinal, or (nil) is closed.
    func watch(
        _ execution: ExecutionNumber,
        beyond: Ordinal?,
        rest: TaskRest = .uncounted()
    ) async throws -> WatchAnswer {
        let id = nextRequest()
        let mailbox = shard.mailbox
        return try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { continuation in
                let command = WatchCommand(id: id, execution: execution, beyond: beyond) {
                    rest.end()
                    continuation.resume(with: $0.mapError { $0 as any Error })
                }
                Self.send(.watch(command), via: mailbox)
                rest.begin()
                // Cancellation before the message went in would find nothing to take back.
                if Task.isCancelled { Self.send(.cancel(id), via: mailbox, by: .news) }
            }
        } onCancel: {
            Self.send(.cancel(id), via: mailbox, by: .news)
        }
    }
}

/// The history of an execution as it grows.
package struct HistoryEventSequence: AsyncSequence, Sendable {
    /// The events are given one by one.
    package typealias Element = HistoryEvent

    let engine: Engine
    let executionARN: String

    /// An iteration from the first event.
    package func makeAsyncIterator() -> Iterator {
        Iterator(engine: engine, executionARN: executionARN)
    }

    /// Reads a page at a time from the store and waits for more when there is none.
    package struct Iterator: AsyncIteratorProtocol {
        let engine: Engine
        let executionARN: String
        private var execution: ExecutionNumber?
        private var buffer: ArraySlice<HistoryEvent> = []
        private var next = Ordinal(1)
        private var isAtEnd = false

        init(engine: Engine, executionARN: String) {
            self.engine = engine
            self.executionARN = executionARN
        }

        /// The next event; nil when the execution is closed and all were given.
        package mutating func next() async throws -> HistoryEvent? {
            while true {
                if let event = buffer.popFirst() { return event }
                if isAtEnd { return nil }
                try await fill()
            }
        }

        /// The events from the next on, and whether the execution is closed behind them.
        private func read(
            _ number: ExecutionNumber
        ) async throws -> (events: [HistoryEvent], next: Ordinal, isLast: Bool) {
            try await engine.reads.read(.page) { [store = engine.store, next] in
                let found = try HistoryReader(store: store).events(of: number, from: next)
                guard found.isClosed else { return (found.events, found.next, false) }
                // Behind the end of one attempt there may be a redrive.
                let head = try store.answer { (store) throws(StoreError) in
                    try store.head(of: number)
                }
                let isLast = head.map { $0.lastOrdinal < found.next } ?? true
                return (found.events, found.next, isLast)
            }
        }

        private mutating func fill() async throws {
            let number: ExecutionNumber
            if let execution {
                number = execution
            } else {
                number = try await engine.head(ofExecution: executionARN, in: .any).execution
                execution = number
            }
            let batch = try await read(number)
            buffer = batch.events[...]
            if batch.next > next {
                next = batch.next
                isAtEnd = batch.isLast
                return
            }
            let beyond = Ordinal(next.rawValue - 1)
            switch try await engine.watch(number, beyond: beyond) {
            case .closed: break
            case .reached(let last, let status): isAtEnd = last == beyond && status != .running
            case .unknownExecution: isAtEnd = true
            case .cancelled: throw CancellationError()
            }
        }
    }
}
