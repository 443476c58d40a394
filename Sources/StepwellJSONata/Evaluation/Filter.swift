/// `[…]` behind a step or a value.
final class Filter: Sendable {
    private let predicate: any Node
    /// The position, when the predicate is a literal number.
    private let literal: Double?

    init(_ predicate: any Node) {
        self.predicate = predicate
        literal = (predicate as? LiteralNode)?.number
    }

    /// The elements that satisfy the predicate, or stand at the positions it gives; a sequence that
    /// is not yet collapsed, or the array that stands there.
    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        guard input.isDefined else {
            return .undefined
        }
        if case .array(let node) = input, let tuples = node.tuples {
            return .array(TupleStream.array(try evaluate(tuples: tuples, machine)))
        }
        if let literal {
            return element(at: literal, of: input)
        }
        let result = ArrayNode([], .sequence)
        guard case .array(let node) = input else {
            for _ in 0..<(try times(input, at: 0, of: 1, frame, machine)) {
                result.append(input)
            }
            return .array(result)
        }
        let count = node.count
        try machine.count(count)
        var found: ContiguousArray<Value> = []
        for place in 0..<count {
            let item = node[place]
            for _ in 0..<(try times(item, at: place, of: count, frame, machine)) {
                found.append(item)
            }
            try machine.check(length: found.count)
        }
        return .sequence(found)
    }

    private func element(at position: Double, of input: Value) -> Value {
        let count = if case .array(let node) = input { node.count } else { 1 }
        guard let place = Self.place(position, of: count) else {
            return .sequence([])
        }
        guard case .array(let node) = input else {
            return input
        }
        return node[place]
    }

    /// The place that a position means, counted from the end when negative.
    private static func place(_ position: Double, of count: Int) -> Int? {
        let floor = position.rounded(.down)
        let place = floor < 0 ? floor + Double(count) : floor
        return place >= 0 && place < Double(count) ? Int(place) : nil
    }

    /// How often an element is taken: as often as the predicate gives its position, or once where
    /// the predicate is true.
    private func times(
        _ item: Value,
        at place: Int,
        of count: Int,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Int {
        let result = try machine.evaluate(predicate, item, frame)
        if case .bool(let isTrue) = result {
            return isTrue ? 1 : 0
        }
        if let number = result.number {
            return Self.place(number, of: count) == place ? 1 : 0
        }
        if case .array(let node) = result, node.count > 0, try Self.areNumbers(node, machine) {
            return (0..<node.count).count { index in
                Self.place(node[index].number ?? 0, of: count) == place
            }
        }
        return try machine.isTrue(result) ? 1 : 0
    }

    private static func areNumbers(_ node: ArrayNode, _ machine: Machine) throws(Fault) -> Bool {
        try machine.count(node.count)
        return node.range != nil || node.elements.allSatisfy { $0.number != nil }
    }

    /// The tuples that satisfy the predicate.
    func evaluate(
        tuples: ContiguousArray<Frame>,
        _ machine: Machine
    ) throws(Fault) -> ContiguousArray<Frame> {
        try machine.count(tuples.count)
        if let literal {
            return Self.place(literal, of: tuples.count).map { [tuples[$0]] } ?? []
        }
        var found: ContiguousArray<Frame> = []
        for (place, tuple) in tuples.enumerated() {
            let count = tuples.count
            let times = try times(tuple.context, at: place, of: count, tuple, machine)
            found.append(contentsOf: repeatElement(tuple, count: times))
            try machine.check(length: found.count)
        }
        return found
    }
}

/// Streams of tuples as values between a path and the path around it.
enum TupleStream {
    static func array(_ tuples: ContiguousArray<Frame>) -> ArrayNode {
        let node = ArrayNode(ContiguousArray(tuples.map(\.context)), .sequence)
        node.tuples = tuples
        return node
    }
}

/// A value with predicates, a group or `[]` behind it.
final class FilteredNode: Node {
    private let base: any Node
    private let filters: [Filter]
    private let grouping: Grouping?
    private let keepArray: Bool

    init(_ base: any Node, filters: [Filter], grouping: Grouping?, keepArray: Bool) {
        self.base = base
        self.filters = filters
        self.grouping = grouping
        self.keepArray = keepArray
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        var value = try machine.evaluate(base, input, frame)
        for filter in filters {
            value = try filter.evaluate(value, frame, machine)
        }
        if let grouping {
            value = try grouping.evaluate(value, frame, machine)
        }
        if keepArray, !filters.isEmpty || grouping == nil {
            return kept(value)
        }
        return value.collapsed()
    }

    /// The value as an array even if it is one value that was the only one of a sequence.
    private func kept(_ value: Value) -> Value {
        guard case .array = value else {
            return value.isDefined
                ? .array(ArrayNode([value], [.sequence, .keepSingleton])) : value
        }
        return value.collapsed(keepArray: true)
    }
}
