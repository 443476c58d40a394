package import StepwellJSON

/// An event as patterns see it: its values that are neither objects nor arrays, by path.
///
/// Names on a path are joined by dots, so that a name with a dot in it is as good as two. An array
/// adds nothing to the path; each value knows in which elements of which arrays it is.
package struct FlatEvent: Sendable {
    /// A value, and where it is.
    struct Leaf: Sendable {
        let value: JSONValue
        /// By the number of each array around it: which of its elements it is in.
        let membership: [Int: Int]
    }

    private(set) var leaves: [[UInt8]: [Leaf]] = [:]
    private var arrays = 0

    /// The values of an event.
    package init(_ event: JSONObject) {
        add(event, at: [], in: [:])
    }

    /// The values at a path.
    func leaves(at path: [UInt8]) -> [Leaf] { leaves[path] ?? [] }

    private mutating func add(_ object: JSONObject, at path: [UInt8], in membership: [Int: Int]) {
        for (name, value) in object {
            let dot = path.isEmpty ? [] : [UInt8(ascii: ".")]
            add(value, at: path + dot + Array(name.utf8), in: membership)
        }
    }

    private mutating func add(_ value: JSONValue, at path: [UInt8], in membership: [Int: Int]) {
        switch value {
        case .object(let object): add(object, at: path, in: membership)
        case .array(let elements):
            let array = arrays
            arrays += 1
            for (index, element) in elements.enumerated() {
                var inner = membership
                // Plain elements hold nothing together that has to be of one element.
                if element.isContainer { inner[array] = index }
                add(element, at: path, in: inner)
            }
        case .null, .bool, .number, .string:
            leaves[path, default: []].append(Leaf(value: value, membership: membership))
        }
    }
}

extension JSONValue {
    fileprivate var isContainer: Bool {
        switch self {
        case .object, .array: true
        case .null, .bool, .number, .string: false
        }
    }
}
