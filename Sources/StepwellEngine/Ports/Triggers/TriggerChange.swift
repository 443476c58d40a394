/// A change of the triggers' store.
package enum TriggerChange: Sendable, Hashable {
    /// Sets a row.
    case put(TriggerRow)
    /// Removes a row, if it is there.
    case delete(TriggerKind, key: [UInt8])
}
