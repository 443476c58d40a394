import StepwellHistory

/// A message with what was read for it; it is dealt with from its beginning each time.
struct ParkedMessage {
    let message: ShardMessage
    /// Executions that are not there.
    var absent: Set<ExecutionNumber> = []
    /// Who has the names that were looked up.
    var holders: [ByteKey: ExecutionHead?] = [:]
    /// Executions that it took already, and that stay in memory for it.
    var pinned: [ExecutionNumber] = []
    /// Whether it had to wait for something to be read.
    var hasWaited = false

    init(_ message: ShardMessage) {
        self.message = message
    }
}
