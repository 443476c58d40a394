import StepwellHistory
import StepwellInterpreter

extension ConnectorTask {
    /// A UUID that the task has for itself: the same for every delivery.
    var ownUUID: String {
        var stream = RandomStream(seed: Array(idempotencyKey.utf8))
        return RandomName.uuid(FixedEntropy(block: stream.block()))
    }
}

/// Bytes that are there already.
private struct FixedEntropy: Entropy {
    let block: [UInt8]

    func bytes(_ count: Int) -> [UInt8] { Array(block.prefix(count)) }
}
