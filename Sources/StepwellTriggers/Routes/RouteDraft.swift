/// Routes, or keys, as a decision would have them.
///
/// What there is stays as it is, and what differs is kept beside it: a decision costs what it
/// changes.
struct RouteDraft<Value: Equatable> {
    private let base: [String: Value]
    /// What differs, by name; nil is gone.
    private(set) var changes: [String: Value?] = [:]
    /// How many there would be.
    private(set) var count: Int

    /// A draft that changes nothing.
    init(_ base: [String: Value]) {
        self.base = base
        count = base.count
    }

    /// The one of a name, as it would be.
    subscript(name: String) -> Value? {
        get { changes[name] ?? base[name] }
        set {
            count += (newValue == nil ? 0 : 1) - (self[name] == nil ? 0 : 1)
            if newValue == base[name] {
                changes.removeValue(forKey: name)
            } else {
                changes.updateValue(newValue, forKey: name)
            }
        }
    }

    /// All of them as they would be, in no order that means anything.
    var values: [Value] {
        base.compactMap { changes[$0.key] == nil ? $0.value : nil }
            + changes.values.compactMap(\.self)
    }
}
