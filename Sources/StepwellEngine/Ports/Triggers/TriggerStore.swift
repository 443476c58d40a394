/// The port to what is durable of triggers: rows by kind and key.
///
/// Calls block their thread while the disk is busy; they are made by the ledger's thread, and by
/// others only to read.
package protocol TriggerStore: Sendable {
    /// The value of a row; nil when there is none.
    ///
    /// - Throws: `StoreError` when it cannot be read.
    func value(of kind: TriggerKind, key: [UInt8]) throws(StoreError) -> [UInt8]?

    /// The rows of a kind in the order of their keys, from a key on (that one too), at most
    /// `limit`.
    ///
    /// - Throws: `StoreError` when they cannot be read.
    func rows(
        of kind: TriggerKind,
        from key: [UInt8],
        limit: Int
    ) throws(StoreError) -> [TriggerRow]

    /// Makes changes, in their order, all or none of them; they are durable when it returns.
    ///
    /// - Throws: `StoreError`. Nothing was changed then, unless its code is `unknown`: then what is
    ///   read from now on says whether it was.
    func commit(_ changes: [TriggerChange]) throws(StoreError)
}

extension TriggerStore {
    /// Every row of a kind that begins with some bytes, in order.
    ///
    /// - Throws: `StoreError` when they cannot be read.
    package func allRows(
        of kind: TriggerKind,
        prefix: [UInt8] = []
    ) throws(StoreError) -> [TriggerRow] {
        var found: [TriggerRow] = []
        var next = prefix
        while true {
            let page = try rows(of: kind, from: next, limit: 1_000)
            let fitting = page.prefix { $0.key.starts(with: prefix) }
            found += fitting
            guard page.count == 1_000, fitting.count == page.count, let last = page.last else {
                return found
            }
            next = last.key + [0]
        }
    }
}
