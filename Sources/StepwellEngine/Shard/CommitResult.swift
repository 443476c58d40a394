/// What committing a batch came to.
package struct CommitResult: Sendable {
    /// What may leave now.
    package var outputs: [ShardOutput] = []
    /// What is to be told to the shard.
    package var refusals: [Refusal] = []
}
