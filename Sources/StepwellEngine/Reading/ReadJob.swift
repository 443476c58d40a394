/// A read that waits for a thread.
struct ReadJob: Sendable {
    let id: RequestID
    let caller: ReadCaller
    let lane: ReadLane
    /// Reads; what it gives tells the caller.
    let perform: @Sendable () -> ReadAnswer
    /// Tells the caller why nothing is read.
    let refuse: @Sendable (any Error) -> Void
}

/// What a read came to, not told yet: so that what was read from can be let go of before.
struct ReadAnswer: Sendable {
    let deliver: @Sendable () -> Void
}
