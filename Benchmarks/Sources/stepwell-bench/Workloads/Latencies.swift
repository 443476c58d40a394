import Synchronization

/// Times that are taken by several tasks.
final class Latencies: Sendable {
    private let taken = Mutex<[Double]>([])

    /// Takes a time down.
    func add(_ seconds: Double) {
        taken.withLock { $0.append(seconds) }
    }

    /// All of them.
    var seconds: [Double] { taken.withLock { $0 } }
}
