/// A set of UTF-16 code units: sorted ranges, with a bitmap for ASCII.
struct UnitSet: Sendable, Equatable {
    private(set) var ranges: [ClosedRange<UInt16>] = []
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var isInverted = false

    /// The set of the units in any of the ranges.
    init(_ unsorted: [ClosedRange<UInt16>]) {
        for range in unsorted.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = ranges.last, Int(range.lowerBound) <= Int(last.upperBound) + 1 else {
                ranges.append(range)
                continue
            }
            let upper = max(last.upperBound, range.upperBound)
            ranges[ranges.count - 1] = last.lowerBound...upper
        }
        for unit in UInt16(0)..<128 where isInRanges(unit) {
            if unit < 64 {
                low |= 1 << UInt64(unit)
            } else {
                high |= 1 << UInt64(unit - 64)
            }
        }
    }

    static let digits = UnitSet([0x30...0x39])
    static let word = UnitSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let lineTerminators = UnitSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])
    static let space = UnitSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
        0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])

    /// Whether the unit is a member.
    func contains(_ unit: UInt16) -> Bool {
        let found =
            unit < 64
            ? low >> UInt64(unit) & 1 == 1
            : unit < 128 ? high >> UInt64(unit - 64) & 1 == 1 : isInRanges(unit)
        return found != isInverted
    }

    /// The units that are no members, as ranges; only of a set that is not inverted.
    var gaps: [ClosedRange<UInt16>] {
        var gaps: [ClosedRange<UInt16>] = []
        var next = 0
        for range in ranges {
            if Int(range.lowerBound) > next {
                gaps.append(UInt16(next)...(range.lowerBound - 1))
            }
            next = Int(range.upperBound) + 1
        }
        if next <= 0xFFFF {
            gaps.append(UInt16(next)...0xFFFF)
        }
        return gaps
    }

    /// The set with membership turned around.
    func inverted() -> UnitSet {
        var set = self
        set.isInverted.toggle()
        return set
    }

    /// The set of the canonical forms of the members, for matching without regard to case.
    func canonicalized() -> UnitSet {
        var folded = ranges
        for range in ranges {
            for unit in range {
                let canonical = CaseFolding.canonical(unit)
                if canonical != unit {
                    folded.append(canonical...canonical)
                }
            }
        }
        let set = UnitSet(folded)
        return isInverted ? set.inverted() : set
    }

    private func isInRanges(_ unit: UInt16) -> Bool {
        var from = 0
        var to = ranges.count
        while from < to {
            let middle = (from + to) / 2
            if ranges[middle].upperBound < unit {
                from = middle + 1
            } else {
                to = middle
            }
        }
        return from < ranges.count && ranges[from].lowerBound <= unit
    }
}
