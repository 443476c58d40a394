import StepwellHistory
import StepwellInterpreter

extension ConnectorTask {
    /// A UUID that the task has for itself: the same for every delivery.
    package var ownUUID: String { Self.uuid(of: idempotencyKey) }

    /// The UUID that the task with an idempotency key has for itself.
    static func uuid(of key: String) -> String {
        var stream = RandomStream(seed: Array(key.utf8))
        return RandomName.uuid(FixedEntropy(block: stream.block()))
    }
}

/// Bytes that are there already.
private struct FixedEntropy: Entropy {
    let block: [UInt8]

    func bytes(_ count: Int) -> [UInt8] { Array(block.prefix(count)) }
}
