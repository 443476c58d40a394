/// A function as a value.
final class FunctionNode {
    /// Where it comes from.
    enum Kind {
        case lambda(LambdaNode, Frame, Value)
        case native(Builtin)
        /// A call with places left open.
        case partial(FunctionNode, [Value?])
        /// The second applied to what the first gives.
        case composed(FunctionNode, FunctionNode)
        case pattern(RegularExpression)
        /// Looks for a pattern's next match.
        case nextMatch(RegularExpression, [UInt16], Int)
        case transform(TransformNode, Frame, Value)
    }

    let kind: Kind
    let nesting: Int

    init(_ kind: Kind) {
        self.kind = kind
        switch kind {
        case .composed(let first, let second): nesting = max(first.nesting, second.nesting) + 1
        case .partial(let function, let arguments):
            var deepest = function.nesting
            for argument in arguments {
                deepest = max(deepest, argument?.nesting ?? 0)
            }
            nesting = deepest + 1
        default: nesting = 0
        }
    }

    /// How many arguments a function that is called for each element wants.
    var arity: Int {
        switch kind {
        case .lambda(let node, _, _): node.parameterSlots.count
        case .native(let builtin): builtin.arity
        case .partial(_, let arguments): arguments.count { $0 == nil }
        case .pattern, .composed, .transform: 1
        case .nextMatch: 0
        }
    }
}
