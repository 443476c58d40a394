/// A set of characters of a pattern.
struct PatternSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false
    /// Whether ASCII letters match in either case, as Java's flag `i` has it.
    var foldsCase = false

    func contains(_ scalar: UInt32) -> Bool {
        var isMember = ranges.contains { $0.contains(scalar) }
        let lower = scalar | 0x20
        if !isMember, foldsCase, (0x61...0x7A).contains(lower), scalar < 0x80 {
            let other = scalar ^ 0x20
            isMember = ranges.contains { $0.contains(other) }
        }
        return isMember != isNegated
    }

    /// The ranges of everything that is not in the ranges.
    var complement: [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next {
                result.append(next...(range.lowerBound - 1))
            }
            next = max(next, range.upperBound + 1)
        }
        return next <= 0x10_FFFF ? result + [next...0x10_FFFF] : result
    }

    static let digits = PatternSet(ranges: [0x30...0x39])
    static let word = PatternSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let space = PatternSet(ranges: [0x09...0x0D, 0x20...0x20])
    static let lineTerminators = PatternSet(
        ranges: [0x0A...0x0A, 0x0D...0x0D, 0x85...0x85, 0x2028...0x2029])
}
