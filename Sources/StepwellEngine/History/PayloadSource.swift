import StepwellHistory

/// Finds the payloads that turns refer to in the turns that hold them.
final class PayloadSource {
    private let store: any EventStore
    private let execution: ExecutionNumber
    private var found: [PayloadLocation: [UInt8]] = [:]
    /// Why the payload looked for last could not be read, if that is not the turn's fault.
    private var failure: StoreError?

    init(store: any EventStore, execution: ExecutionNumber) {
        self.store = store
        self.execution = execution
    }

    /// Decodes a turn; `known` are the payloads that need not be read.
    ///
    /// A store that cannot be read is not a damaged reference: what it threw is thrown on.
    func decode(
        _ stored: StoredTurn,
        known: (PayloadLocation) -> [UInt8]? = { _ in nil }
    ) throws(StoreError) -> Turn {
        do throws(StoreError) {
            return try StoredTurnDecoder.decode(stored) { known($0) ?? text(at: $0) }
        } catch {
            throw failure ?? error
        }
    }

    /// The text at a location; nil when it is not to be had.
    private func text(at location: PayloadLocation) -> [UInt8]? {
        if let text = found[location] { return text }
        do throws(StoreError) {
            let range = location.ordinal...location.ordinal
            let turns = try store.readTurns(of: execution, ordinals: range, byteLimit: 1)
            guard let turn = turns.first else { return nil }
            let text = try StoredTurnDecoder.payload(at: location, in: turn)
            found[location] = text
            return text
        } catch {
            failure = error
            return nil
        }
    }
}
