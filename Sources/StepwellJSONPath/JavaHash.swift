package import StepwellJSON

/// The order of Java's hash tables, which AWS's answers show: of the members of payload templates
/// and of merged objects (`HashMap`), of the items of `States.ArrayUnique` (`HashSet`).
package enum JavaHash {
    /// The buckets of a table that nothing was put into.
    private static let buckets = 16

    /// The places of keys, in the order in which a `HashMap` of them iterates.
    ///
    /// Keys of one bucket keep the order in which they were put in. (Java makes a tree of a bucket
    /// with more than eight, which may iterate otherwise.)
    package static func order(of keys: [String]) -> [Int] {
        order(keys.map(hash), buckets: buckets(for: keys.count))
    }

    /// Names in that order, in which AWS lists the fields of an object (recorded for [States,
    /// StartAt], [Next, End], the fields of a Wait state and the 39 comparisons).
    package static func sorted(_ names: [String]) -> [String] {
        order(of: names).map { names[$0] }
    }

    /// The values, which differ from each other, in the order in which a `HashSet` made of `count`
    /// values iterates.
    package static func ordered(_ values: [JSONValue], from count: Int) -> [JSONValue] {
        // As `new HashSet<>(collection)` reserves: for all items at a load of 0.75, and one more.
        let reserved = max(buckets, Int(Float(count) / 0.75) + 1)
        var size = 1
        while size < reserved { size *= 2 }
        return order(values.map { hash($0, depth: 0) }, buckets: size).map { values[$0] }
    }

    /// Doubled as soon as three quarters are taken.
    private static func buckets(for count: Int) -> Int {
        var size = buckets
        while count > size / 4 * 3 { size *= 2 }
        return size
    }

    private static func order(_ hashes: [Int32], buckets: Int) -> [Int] {
        let places = hashes.map { hash in
            let bits = UInt32(bitPattern: hash)
            return Int((bits ^ bits >> 16) & UInt32(buckets - 1))
        }
        return places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
    }

    /// `String.hashCode`.
    private static func hash(_ text: String) -> Int32 {
        text.utf16.reduce(0) { 31 &* $0 &+ Int32($1) }
    }

    /// `hashCode` of what Jackson reads a value into.
    private static func hash(_ value: JSONValue, depth: Int) -> Int32 {
        guard depth < PathLimits.depth else { return 0 }
        switch value {
        case .null: return 0
        case .bool(let flag): return flag ? 1231 : 1237
        case .string(let text): return hash(text)
        case .number(let number): return hash(number)
        case .array(let items):
            return items.reduce(1) { 31 &* $0 &+ hash($1, depth: depth + 1) }
        case .object(let object):
            return object.reduce(0) { $0 &+ (hash($1.key) ^ hash($1.value, depth: depth + 1)) }
        }
    }

    /// Of `Integer`, `Long` and `Double`; integers beyond 64 bits are taken as doubles.
    private static func hash(_ number: JSONNumber) -> Int32 {
        let bits: UInt64
        switch number.storage {
        case .integer(let value):
            if let small = Int32(exactly: value) { return small }
            bits = UInt64(bitPattern: value)
        case .double(let value), .literal(_, let value): bits = value.bitPattern
        }
        return Int32(truncatingIfNeeded: bits ^ bits >> 32)
    }
}
