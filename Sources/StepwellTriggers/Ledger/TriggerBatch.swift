package import StepwellEngine

/// The changes that are made durable together, while they are being decided.
///
/// What is read shows the changes before it.
package struct TriggerBatch {
    private let store: any TriggerStore
    /// In their order; of several of one row the last counts.
    package private(set) var changes: [TriggerChange] = []
    /// The newest value of each row that was changed; nil in it: removed.
    private var newest: [RowName: [UInt8]?] = [:]

    private struct RowName: Hashable {
        let kind: TriggerKind
        let key: [UInt8]
    }

    init(over store: any TriggerStore) {
        self.store = store
    }

    /// Sets a row.
    package mutating func put(_ row: TriggerRow) {
        changes.append(.put(row))
        newest[RowName(kind: row.kind, key: row.key)] = .some(row.value)
    }

    /// Removes a row, if it is there.
    package mutating func delete(_ kind: TriggerKind, key: [UInt8]) {
        changes.append(.delete(kind, key: key))
        newest[RowName(kind: kind, key: key)] = .some(nil)
    }

    /// Puts a delivery into the outbox: it is tried when the batch is durable and it is due.
    package mutating func deliver(_ delivery: Delivery) {
        put(delivery.row)
    }

    /// The value of a row as the changes leave it; nil when there is none.
    ///
    /// - Throws: `ServiceUnavailable` when it cannot be read.
    package func value(of kind: TriggerKind, key: [UInt8]) throws(ServiceError) -> [UInt8]? {
        if let changed = newest[RowName(kind: kind, key: key)] { return changed }
        do throws(StoreError) {
            return try store.value(of: kind, key: key)
        } catch {
            throw .storeUnavailable(error)
        }
    }

    /// The durable rows of a kind from a key on, without the changes of the batch.
    ///
    /// - Throws: `ServiceUnavailable` when they cannot be read.
    package func durableRows(
        of kind: TriggerKind,
        from key: [UInt8],
        limit: Int
    ) throws(ServiceError) -> [TriggerRow] {
        do throws(StoreError) {
            return try store.rows(of: kind, from: key, limit: limit)
        } catch {
            throw .storeUnavailable(error)
        }
    }

    /// The kinds that something was changed of.
    package var kinds: Set<TriggerKind> { Set(newest.keys.map(\.kind)) }
}
