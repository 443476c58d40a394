/// A regular expression.
final class RegularExpressionNode: Node {
    private let pattern: RegularExpression

    init(_ pattern: RegularExpression) {
        self.pattern = pattern
    }

    func evaluate(_: Value, _: Frame, _: Machine) throws(Fault) -> Value {
        .function(FunctionNode(.pattern(pattern)))
    }
}
