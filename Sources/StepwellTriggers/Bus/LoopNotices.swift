import Logging
import Synchronization

/// Says that a rule would start itself for ever: each rule's first time, since it would be so of
/// every execution.
final class LoopNotices: Sendable {
    private let logger: Logger
    private let told = Mutex<Set<String>>([])

    init(_ logger: Logger) {
        self.logger = logger
    }

    /// A rule is not told of an execution that it has started.
    func cut(_ arn: String) {
        TriggerMetrics.shared.cutLoop()
        guard told.withLock({ $0.insert(arn).inserted }) else { return }
        logger.warning(
            """
            a rule is not told of the executions that it has started, directly or through others: \
            it would start itself for ever; its pattern should leave them out
            """,
            metadata: ["rule": "\(arn)"]
        )
    }
}
