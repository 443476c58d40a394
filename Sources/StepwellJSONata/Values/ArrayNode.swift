import StepwellJSON

/// An array of values, or a sequence: what a path gives, which is no value of its own when it has
/// none or one.
final class ArrayNode {
    /// What distinguishes an array from others.
    struct Traits: OptionSet {
        let rawValue: UInt8

        /// A sequence, which collapses.
        static let sequence = Traits(rawValue: 1)
        /// A sequence that stays an array with one element.
        static let keepSingleton = Traits(rawValue: 2)
        /// The sequence of one around an input that is an array.
        static let wrapper = Traits(rawValue: 4)
        /// Made by an array constructor in a path: not flattened into others.
        static let constructed = Traits(rawValue: 8)
        static let sequences: Traits = [.sequence]
    }

    var traits: Traits
    /// The elements, when `source` and `range` are nil.
    private var storage: ContiguousArray<Value>
    private(set) var source: [JSONValue]?
    private(set) var range: Range<Int>?
    /// The bindings that belong to each element of a stream of tuples.
    var tuples: ContiguousArray<Frame>?
    private(set) var nesting: Int
    /// See `Value.weight`.
    private(set) var weight = 1
    /// How large the input's array is as JSON, once that was asked.
    private var sourceSize: Int?

    init(_ elements: ContiguousArray<Value> = [], _ traits: Traits = []) {
        storage = elements
        self.traits = traits
        var deepest = 0
        for element in elements {
            deepest = max(deepest, element.nesting)
            weight &+= element.weight
        }
        nesting = deepest + 1
    }

    /// An array of the input, converted when first looked into.
    init(source: [JSONValue]) {
        storage = []
        traits = []
        self.source = source
        nesting = 0
    }

    /// Integers, made when first looked into.
    init(range: Range<Int>) {
        storage = []
        traits = .sequence
        self.range = range
        nesting = 1
        weight = range.count + 1
    }

    var isSequence: Bool { traits.contains(.sequence) }

    var count: Int { range?.count ?? source?.count ?? storage.count }

    var elements: ContiguousArray<Value> {
        if source != nil || range != nil {
            materialize()
        }
        return storage
    }

    subscript(position: Int) -> Value {
        if let range {
            return .number(Double(range.lowerBound + position))
        }
        if source != nil {
            materialize()
        }
        return storage[position]
    }

    func append(_ value: Value) {
        if source != nil || range != nil {
            materialize()
        }
        storage.append(value)
        weight &+= value.weight
        nesting = max(nesting, value.nesting + 1)
    }

    private func materialize() {
        if let source {
            storage.reserveCapacity(source.count)
            for element in source {
                storage.append(Value(element))
            }
        } else if let range {
            storage = ContiguousArray(range.map { .number(Double($0)) })
        }
        source = nil
        range = nil
    }

    /// The array as JSON, as far as there is room for it.
    func json(_ room: inout JSONRoom) -> JSONValue {
        if let source {
            let size = sourceSize ?? JSONValue.array(source).size
            sourceSize = size
            room.bytes -= size
            return .array(source)
        }
        var members: [JSONValue] = []
        members.reserveCapacity(min(count, max(room.bytes, 0)))
        for element in elements where room.bytes >= 0 {
            members.append(element.json(&room) ?? .null)
        }
        return .array(members)
    }
}
