import StepwellEngine
import StepwellHistory
import StepwellServer
import Synchronization

/// Follows the log for all readers of server-sent events together.
///
/// While there is a reader it looks four times a second at what has become durable, which costs
/// what happens and not what there is; when more happens than can be shown, readers are told to
/// read anew. Without readers it costs nothing.
final class LiveHub: Sendable {
    private struct State: Sendable {
        var readers: [Int: LiveReader] = [:]
        var lastReader = 0
        var isRunning = false
    }

    let engine: Engine
    let log: LogRing
    private let state = Mutex(State())
    private let memory: LiveMemory

    private static let pause = Duration.milliseconds(250)
    /// Turns in silence after which a comment is sent: 15 seconds.
    private static let silence = 60
    /// Turns without a reader after which it rests, so that who comes back has missed nothing.
    private static let linger = 120
    /// Readers at a time.
    private static let capacity = 200

    init(engine: Engine, log: LogRing) {
        self.engine = engine
        self.log = log
        memory = LiveMemory()
    }

    /// A stream of events for whoever asks.
    ///
    /// - Throws: `ValidationException`, `ExecutionDoesNotExist`, `ServiceUnavailable`.
    func stream(
        for parameters: ConsoleParameters,
        _ request: ServiceRequest,
        isAllowed: @escaping @Sendable () -> Bool
    ) async throws -> ServiceResponse {
        var topics = try LiveTopics(parameters.text("topics"))
        var first = Array("retry: 2000\n\n".utf8)
        if let arn = parameters.text("execution") {
            let head = try await engine.head(ofExecution: arn, in: .any)
            topics.execution = LiveTopics.Followed(arn: arn, number: head.execution)
            first += LiveEvent(.events, .progress(of: head, arn)).bytes
        }
        let reader = LiveReader(topics, isAllowed: isAllowed)
        let number = try add(reader)
        // Looked for when it is a reader already: what happens now is sent twice, not never.
        let known = request.headerValues("last-event-id").first ?? parameters.text("lastEventId")
        reader.begin(with: first + memory.missed(since: known).flatMap(\.bytes))
        var response = ServiceResponse(json: [])
        response.contentType = "text/event-stream; charset=utf-8"
        response.headers = [("Cache-Control", "no-store"), ("X-Accel-Buffering", "no")]
        response.stream = ResponseStream(next: { await reader.next() }) { [self] in
            state.withLock { $0.readers[number] = nil }
        }
        return response
    }

    private func add(_ reader: LiveReader) throws(ServiceError) -> Int {
        let (number, isFirst) = state.withLock { state -> (Int?, Bool) in
            guard state.readers.count < Self.capacity else { return (nil, false) }
            state.lastReader += 1
            state.readers[state.lastReader] = reader
            defer { state.isRunning = true }
            return (state.lastReader, !state.isRunning)
        }
        guard let number else {
            throw ServiceError(
                code: "ServiceUnavailable",
                message: "The maximum number of pages watches this server: \(Self.capacity)."
            )
        }
        if isFirst { Task { await run() } }
        return number
    }

    private func run() async {
        var round = LiveRound(engine: engine, log: log, memory: memory)
        var idle = 0
        while true {
            let readers = state.withLock { state in
                idle = state.readers.isEmpty ? idle + 1 : 0
                if idle > Self.linger || engine.isShuttingDown { state.isRunning = false }
                return state.isRunning ? Array(state.readers.values) : nil
            }
            guard let readers else { break }
            await round.next(for: readers)
            for reader in readers {
                if !reader.isAllowed() { reader.close() }
                reader.pass(silenceLimit: Self.silence)
            }
            try? await Task.sleep(for: Self.pause)
        }
        for reader in state.withLock({ Array($0.readers.values) }) where engine.isShuttingDown {
            reader.close()
        }
        memory.forget()
    }
}
