import StepwellJSON

/// Application, `~>`.
final class ApplyNode: Node {
    private let left: any Node
    private let right: any Node
    private let position: Int
    private let keepArray: Bool

    init(_ left: any Node, _ right: any Node, at position: Int, keepArray: Bool) {
        self.left = left
        self.right = right
        self.position = position
        self.keepArray = keepArray
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let value = try machine.evaluate(left, input, frame)
        if let call = right as? CallNode {
            let result = try call.evaluate(input, frame, machine, first: value)
            return keep(result)
        }
        let callee = try machine.evaluate(right, input, frame)
        guard case .function(let function) = callee else {
            throw Fault("T2006", position: position, token: "~>", value: callee.json())
        }
        if case .function(let first) = value {
            return try machine.checked(.function(FunctionNode(.composed(first, function))))
        }
        do throws(Fault) {
            return keep(try machine.apply(function, [value], .undefined))
        } catch {
            throw error.located(at: position, token: "~>")
        }
    }

    private func keep(_ value: Value) -> Value {
        guard keepArray, value.isDefined else {
            return value
        }
        if case .array = value {
            return value
        }
        return .array(ArrayNode([value], [.sequence, .keepSingleton]))
    }
}
