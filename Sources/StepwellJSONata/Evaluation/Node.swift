/// A compiled piece of an expression.
///
/// Nodes are immutable; what an evaluation changes is in the frame and the machine.
protocol Node: AnyObject, Sendable {
    /// The value for an input; a sequence of none or one is already collapsed.
    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value
}

extension Value {
    /// The value that a sequence stands for: nothing when empty, its only element, or itself.
    @inline(__always)
    func collapsed(keepArray: Bool = false) -> Value {
        guard case .array(let node) = self, node.isSequence, node.tuples == nil else {
            return self
        }
        return Self.collapse(node, keepArray: keepArray)
    }

    private static func collapse(_ node: ArrayNode, keepArray: Bool) -> Value {
        if keepArray {
            node.traits.insert(.keepSingleton)
        }
        switch node.count {
        case 0: return .undefined
        case 1: return node.traits.contains(.keepSingleton) ? .array(node) : node[0]
        default: return .array(node)
        }
    }

    /// A sequence as a value.
    static func sequence(_ elements: ContiguousArray<Value>) -> Value {
        .array(ArrayNode(elements, .sequence))
    }

    /// The elements of an array, or the value alone.
    var items: ContiguousArray<Value> {
        if case .array(let node) = self {
            return node.elements
        }
        return [self]
    }
}
