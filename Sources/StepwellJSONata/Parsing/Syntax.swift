/// A node of the syntax tree: first as the grammar gives it, then as the analysis leaves it.
///
/// One class for all kinds, because the analysis moves predicates, bindings and ancestors from node
/// to node; the compiler turns the result into nodes of their own types.
final class Syntax {
    /// What the node is.
    enum Kind {
        case name, variable, string, number, value, regularExpression
        case wildcard, descendants, parent
        case path, binary, bind, apply, condition, block, lambda, function, partial, transform
        case array, object, negate, sort, placeholder, coalesce, fallback
        case focus, index
        /// A predicate, a group or an ordering before the analysis.
        case filter, group, order
    }

    /// A filter or a binding of positions behind a step.
    enum Stage {
        case filter(Syntax)
        case index(String)
    }

    /// One term of an ordering.
    struct Term {
        let expression: Syntax
        let isDescending: Bool
    }

    /// One pair of an object.
    struct Pair {
        let key: Syntax
        let value: Syntax
    }

    let kind: Kind
    let position: Int
    /// The name, string, literal or operator.
    var text = ""
    var number = 0.0
    var pattern: PatternLiteral?
    /// The operands, steps, arguments or items; their meaning is the kind's.
    var children: [Syntax]
    var pairs: [Pair] = []
    var terms: [Term] = []
    /// The names of a lambda's parameters, and its signature.
    var parameters: [String] = []
    var signature: Signature?
    /// A lambda's or a call's procedure, or a lambda's body.
    var procedure: Syntax?

    var keepArray = false
    var keepSingletonArray = false
    var isConstructor = false
    var isTailCall = false
    var predicates: [Stage] = []
    var stages: [Stage] = []
    var groupPairs: [Pair]?
    var groupPosition = 0
    var focus: String?
    var index: String?
    var isTuple = false
    var ancestor: AncestorSlot?
    var slot: AncestorSlot?
    var seekingParent: [AncestorSlot] = []
    /// The levels of the tree below and including this node, as the parser counts them.
    let height: Int

    init(_ kind: Kind, at position: Int, _ children: [Syntax] = [], text: String = "") {
        self.kind = kind
        self.position = position
        self.children = children
        self.text = text
        height = (children.map(\.height).max() ?? 0) + 1
    }

    init(_ kind: Kind, at position: Int, parts: [Syntax], height: Int) {
        self.kind = kind
        self.position = position
        children = parts
        self.height = height
    }
}

/// The place where a parent operator finds the value that its step came from.
final class AncestorSlot {
    var label: Int
    var level = 1
    let index: Int

    init(index: Int) {
        label = index
        self.index = index
    }
}
