/// A row of the triggers' store.
package struct TriggerRow: Sendable, Hashable {
    package var kind: TriggerKind
    /// Its place among the rows of its kind, which lie in the order of these bytes.
    ///
    /// At most ``longestKey`` bytes.
    package var key: [UInt8]
    package var value: [UInt8]

    package init(_ kind: TriggerKind, key: [UInt8], value: [UInt8]) {
        self.kind = kind
        self.key = key
        self.value = value
    }

    /// How long a key may be, in bytes: what LMDB takes, less the kind.
    package static let longestKey = 500
}
