import Synchronization

/// The activities that exist, as the interpreter asks for them in the middle of a turn.
final class ActivityDirectory: Sendable {
    private let arns = Mutex<Set<ByteKey>>([])

    func contains(_ arn: String) -> Bool {
        arns.withLock { $0.contains(ByteKey(arn)) }
    }

    func replace(_ current: Set<ByteKey>) {
        arns.withLock { $0 = current }
    }
}
