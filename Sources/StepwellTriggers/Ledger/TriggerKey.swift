package import StepwellHistory

/// Makes keys whose bytes are in the order of what they are made of.
package enum TriggerKey {
    /// The key of some names; those that begin with the same names lie together.
    ///
    /// Names hold no zero byte.
    package static func names(_ names: String...) -> [UInt8] {
        Array(names.map { Array($0.utf8) }.joined(separator: [0]))
    }

    /// What the keys begin with that have more names behind these.
    package static func prefix(_ names: String...) -> [UInt8] {
        names.flatMap { Array($0.utf8) + [0] }
    }

    /// The key of something at a time (of 1970 or later), by name among those of the same time.
    package static func moment(_ time: Timestamp, _ name: String) -> [UInt8] {
        let milliseconds = UInt64(max(0, time.milliseconds))
        return (0..<8).map { UInt8(truncatingIfNeeded: milliseconds >> (56 - 8 * $0)) }
            + Array(name.utf8)
    }

    /// The time of a key that `moment` made; nil when it is too short for one.
    package static func time(of key: [UInt8]) -> Timestamp? {
        guard key.count >= 8 else { return nil }
        let milliseconds = key.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Timestamp(milliseconds: Int64(truncatingIfNeeded: milliseconds))
    }
}
