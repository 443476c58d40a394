/// A function that a path may end in, such as `$.items.length()`.
enum PathFunction: Sendable, CaseIterable {
    case length, size, min, max, avg, sum, stddev, keys, concat, append, first, last, index

    /// The name as it is written.
    var name: String {
        switch self {
        case .length: "length"
        case .size: "size"
        case .min: "min"
        case .max: "max"
        case .avg: "avg"
        case .sum: "sum"
        case .stddev: "stddev"
        case .keys: "keys"
        case .concat: "concat"
        case .append: "append"
        case .first: "first"
        case .last: "last"
        case .index: "index"
        }
    }

    /// How many arguments the function takes.
    var arity: ClosedRange<Int> {
        switch self {
        case .keys, .first, .last: 0...0
        case .index: 1...1
        case .length, .size: 0...1
        case .min, .max, .avg, .sum, .stddev, .concat, .append: 0...PathLimits.segments
        }
    }

    /// The function of that name, compared by bytes.
    static func named(_ name: String) -> PathFunction? {
        allCases.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}
