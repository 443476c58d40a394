import StepwellJSON

/// An ordering, `^(…)`.
final class Sorter: Sendable {
    /// One term.
    struct Term: Sendable {
        let expression: any Node
        let isDescending: Bool
    }

    private let terms: [Term]
    private let position: Int

    init(_ terms: [Term], at position: Int) {
        self.terms = terms
        self.position = position
    }

    /// The order of the items: for each place in the result, where the item was.
    func order(
        _ items: ContiguousArray<Value>,
        _ frames: (Int) -> Frame,
        _ machine: Machine
    ) throws(Fault) -> [Int] {
        guard items.count > 1 else {
            return Array(items.indices)
        }
        var keys: [[Value]] = []
        keys.reserveCapacity(items.count)
        for (place, item) in items.enumerated() {
            var row: [Value] = []
            for term in terms {
                row.append(try machine.evaluate(term.expression, item, frames(place)))
            }
            keys.append(row)
        }
        return try MergeSort.sorted(Array(items.indices), machine) {
            (left, right) throws(Fault) in
            try self.isAfter(keys[left], keys[right], machine)
        }
    }

    private func isAfter(
        _ left: [Value],
        _ right: [Value],
        _ machine: Machine
    ) throws(Fault) -> Bool {
        for (place, term) in terms.enumerated() {
            // What has no key comes last, in descending order too.
            guard left[place].isDefined, right[place].isDefined else {
                if left[place].isDefined == right[place].isDefined { continue }
                return right[place].isDefined
            }
            let order = try compare(left[place], right[place], machine)
            if order != 0 {
                return term.isDescending ? order < 0 : order > 0
            }
        }
        return false
    }

    private func compare(
        _ left: Value,
        _ right: Value,
        _ machine: Machine
    ) throws(Fault) -> Int {
        for value in [left, right] where !value.type.isSubset(of: [.number, .string]) {
            throw Fault("T2008", position: position, token: "^", value: value.json())
        }
        if let first = left.number, let second = right.number {
            return first == second ? 0 : first < second ? -1 : 1
        }
        guard case .string(let first) = left, case .string(let second) = right else {
            throw Fault(
                "T2007",
                position: position,
                token: "^",
                value: left.json(),
                detail: right.json()?.description
            )
        }
        try machine.count(reading: first)
        return first.hasSameBytes(as: second) ? 0 : UTF16Text.isLess(first, second) ? -1 : 1
    }
}

/// A stable sort whose comparison may fail.
enum MergeSort {
    /// The elements in order.
    ///
    /// - Parameters:
    ///   - elements: what is sorted.
    ///   - machine: counts the comparisons.
    ///   - isAfter: whether its first argument has to stand behind its second.
    /// - Returns: the sorted elements.
    /// - Throws: what the comparison throws, or U1001.
    static func sorted<Element>(
        _ elements: [Element],
        _ machine: Machine,
        _ isAfter: (Element, Element) throws(Fault) -> Bool
    ) throws(Fault) -> [Element] {
        var source = elements
        var width = 1
        while width < source.count {
            var target: [Element] = []
            target.reserveCapacity(source.count)
            var start = 0
            while start < source.count {
                let middle = min(start + width, source.count)
                let end = min(middle + width, source.count)
                try merge(source, start..<middle, middle..<end, into: &target, isAfter)
                start = end
            }
            try machine.count(source.count)
            source = target
            width *= 2
        }
        return source
    }

    private static func merge<Element>(
        _ source: [Element],
        _ left: Range<Int>,
        _ right: Range<Int>,
        into target: inout [Element],
        _ isAfter: (Element, Element) throws(Fault) -> Bool
    ) throws(Fault) {
        var first = left.lowerBound
        var second = right.lowerBound
        while first < left.upperBound, second < right.upperBound {
            if try isAfter(source[first], source[second]) {
                target.append(source[second])
                second += 1
            } else {
                target.append(source[first])
                first += 1
            }
        }
        target.append(contentsOf: source[first..<left.upperBound])
        target.append(contentsOf: source[second..<right.upperBound])
    }
}
