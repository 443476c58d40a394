import StepwellHistory

/// Reads turns of one execution, and finds the payloads that they refer to in the turns that hold
/// them.
///
/// A payload is looked for when something wants it, and a turn that was read for one is kept for
/// the others that it holds: what is read follows from what is wanted.
final class PayloadSource {
    private let store: any EventStore
    private let execution: ExecutionNumber
    /// Turns that may hold what others refer to, the one used last at the end, with their sizes.
    private var kept: [(turn: Turn, bytes: Int)] = []
    private var keptBytes = 0
    /// Why the payload looked for last could not be read, if that is not the turn's fault.
    private var failure: StoreError?
    /// How many bytes of the log were read, those of payloads that were looked for included.
    private(set) var bytesRead = 0

    /// About how many bytes of turns are kept, and how many turns.
    private static let (capacity, turnCapacity) = (2 << 20, 256)

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
            return try StoredTurnDecoder.decode(stored) { known($0) ?? found(at: $0) }
        } catch {
            throw failure ?? error
        }
    }

    /// The turns that meet a range of ordinals, oldest first, about `byteLimit` bytes of them.
    ///
    /// Payloads that earlier turns hold are empty in them; `whole` gives an event's.
    func turns(
        _ ordinals: ClosedRange<Ordinal>,
        byteLimit: Int
    ) throws(StoreError) -> [Turn] {
        let stored = try store.readTurns(
            of: execution,
            ordinals: ordinals,
            byteLimit: byteLimit
        )
        var turns: [Turn] = []
        turns.reserveCapacity(stored.count)
        for turn in stored { turns.append(try self.turn(turn)) }
        return turns
    }

    /// A turn without the payloads that earlier ones hold.
    func turn(_ stored: StoredTurn) throws(StoreError) -> Turn {
        // What the turn refers to elsewhere is not looked for: one read, however long the chain of
        // references.
        let turn = try StoredTurnDecoder.decode(stored) { _ in [] }
        bytesRead += stored.bytes.count
        keep(turn, bytes: stored.bytes.count)
        return turn
    }

    /// An event of a turn that `turn` gave, with its payloads.
    func whole(_ event: HistoryEvent, in turn: Turn) throws(StoreError) -> HistoryEvent {
        var event = event
        event.body = try event.body.mapPayloads { payload throws(StoreError) in
            guard let location = payload.location, location.ordinal < turn.firstOrdinal else {
                return payload
            }
            guard let text = try text(at: location) else {
                throw StoredTurnDecoder.damaged(turn, TurnCodecError(.unresolved(location)))
            }
            return Payload(text: text, location: location)
        }
        return event
    }

    /// The text at a location, with what the store threw set aside.
    private func found(at location: PayloadLocation) -> [UInt8]? {
        do throws(StoreError) {
            return try text(at: location)
        } catch {
            failure = error
            return nil
        }
    }

    /// The text at a location; nil when it is not to be had.
    private func text(at location: PayloadLocation) throws(StoreError) -> [UInt8]? {
        if let place = kept.lastIndex(where: { $0.turn.holds(location.ordinal) }) {
            let text = kept[place].turn.payload(at: location)
            bytesRead += text?.count ?? 0
            return text
        }
        let range = location.ordinal...location.ordinal
        let stored = try store.readTurns(of: execution, ordinals: range, byteLimit: 1)
        guard let first = stored.first else { return nil }
        return try turn(first).payload(at: location)
    }

    private func keep(_ turn: Turn, bytes: Int) {
        kept.append((turn, bytes))
        keptBytes += bytes
        var surplus = 0
        while kept.count - surplus > 1,
            keptBytes > Self.capacity || kept.count - surplus > Self.turnCapacity
        {
            keptBytes -= kept[surplus].bytes
            surplus += 1
        }
        kept.removeFirst(surplus)
    }
}

extension Turn {
    fileprivate func holds(_ ordinal: Ordinal) -> Bool {
        ordinal >= firstOrdinal && ordinal.rawValue - firstOrdinal.rawValue < records.count
    }

    /// The text that the turn is the first to hold at a location.
    fileprivate func payload(at location: PayloadLocation) -> [UInt8]? {
        guard holds(location.ordinal) else { return nil }
        let record = records[Int(location.ordinal.rawValue - firstOrdinal.rawValue)]
        return record.payloads.first { $0.location == location }?.text
    }
}
