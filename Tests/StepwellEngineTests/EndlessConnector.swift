import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import Synchronization

/// A handler that works until it is cancelled, and counts.
final class EndlessConnector: TaskConnector {
    private struct Counts {
        var started = 0
        var cancelled = 0
    }

    private let counts = Mutex(Counts())

    func serves(_ resource: String) -> Bool { true }

    func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        counts.withLock { $0.started += 1 }
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        await withTaskCancellationHandler {
            for await _ in stream {}
        } onCancel: {
            continuation.finish()
        }
        counts.withLock { $0.cancelled += 1 }
        throw CancellationError()
    }

    func waitUntilStarted(_ count: Int) async {
        while counts.withLock({ $0.started }) < count { await Task.yield() }
    }

    func waitUntilCancelled(_ count: Int) async {
        while counts.withLock({ $0.cancelled }) < count { await Task.yield() }
    }
}
