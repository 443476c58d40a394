import StepwellHistory

/// Finds the payloads that turns refer to in the turns that hold them.
final class PayloadSource {
    private let store: any EventStore
    private let execution: ExecutionNumber
    private var found: [PayloadLocation: [UInt8]] = [:]

    init(store: any EventStore, execution: ExecutionNumber) {
        self.store = store
        self.execution = execution
    }

    /// The text at a location; nil when it is not to be had, which makes the reference damaged.
    func text(at location: PayloadLocation) -> [UInt8]? {
        if let text = found[location] { return text }
        let range = location.ordinal...location.ordinal
        guard
            let turns = try? store.readTurns(of: execution, ordinals: range, byteLimit: 1),
            let turn = turns.first,
            let text = try? StoredTurnDecoder.payload(at: location, in: turn)
        else { return nil }
        found[location] = text
        return text
    }
}
