package import StepwellEngine

/// A part of the triggers whose state in memory follows from rows of the store: the rules, the
/// schedules, the routes.
///
/// Its state changes in decisions alone, which the ledger makes one after the other; see
/// ``TriggerLedger/commit(_:)``.
package protocol TriggerComponent: Sendable {
    /// Reads its state from the store: before anything else happens, and again when a commit
    /// failed, since what was decided did not happen then.
    ///
    /// - Throws: `StoreError` when it cannot be read.
    func load(from store: any TriggerStore) throws(StoreError)

    /// Changes of some kinds are durable; called on the ledger's thread, which it must not hold up.
    func committed(_ kinds: Set<TriggerKind>)
}
