/// Comparison that takes as long for a near miss as for a wide one.
package enum ConstantTime {
    /// Whether two texts have the same bytes; only their lengths can be told from the time taken.
    package static func areEqual(_ left: String, _ right: String) -> Bool {
        areEqual(Array(left.utf8), Array(right.utf8))
    }

    /// Whether there are the same bytes; only their numbers can be told from the time taken.
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(left, right) { difference |= left ^ right }
        return difference == 0
    }
}
