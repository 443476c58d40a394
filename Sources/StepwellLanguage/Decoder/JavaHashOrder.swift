/// The order in which a Java `HashSet` of names gives them, which is the order in which AWS lists
/// the fields of an object: recorded for [States, StartAt], [Next, End], the fields of a Wait state
/// and the 39 comparisons.
enum JavaHashOrder {
    /// The names in that order.
    ///
    /// Names of one bucket stay as they were put in.
    static func sorted(_ names: [String]) -> [String] {
        var buckets: UInt32 = 16
        while names.count * 4 > Int(buckets) * 3 { buckets *= 2 }
        return names.enumerated().map { (bucket($1, of: buckets), $0, $1) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
            .map(\.2)
    }

    private static func bucket(_ name: String, of buckets: UInt32) -> UInt32 {
        let hash = name.utf16.reduce(UInt32(0)) { $0 &* 31 &+ UInt32($1) }
        return (hash ^ (hash >> 16)) & (buckets - 1)
    }
}
