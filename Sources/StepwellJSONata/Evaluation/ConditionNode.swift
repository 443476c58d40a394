/// A condition, `? :`.
final class ConditionNode: Node {
    private let test: any Node
    private let then: any Node
    private let otherwise: (any Node)?

    init(_ test: any Node, then: any Node, otherwise: (any Node)?) {
        self.test = test
        self.then = then
        self.otherwise = otherwise
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        if try machine.isTrue(try machine.evaluate(test, input, frame)) {
            return try machine.evaluate(then, input, frame)
        }
        guard let otherwise else {
            return .undefined
        }
        return try machine.evaluate(otherwise, input, frame)
    }
}
