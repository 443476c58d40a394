import NIOCore

/// What the connections of a server hold together.
struct ServerMemory: Sendable {
    /// Bodies that arrive, or are being answered.
    let requests: ByteBudget
    /// Answers that leave.
    let answers: ByteBudget

    /// The bounds that a configuration sets.
    init(_ configuration: ServerConfiguration) {
        let limit = configuration.maximumBytesInFlight
        let patience = TimeAmount.milliseconds(configuration.patienceMilliseconds)
        requests = ByteBudget(limit: limit, patience: patience)
        answers = ByteBudget(limit: limit, patience: patience)
    }
}
