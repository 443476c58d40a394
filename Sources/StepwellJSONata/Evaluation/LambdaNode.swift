/// A function's definition.
final class LambdaNode: Node {
    /// The slot of each parameter; of equal names the last argument wins.
    let parameterSlots: [Int]
    /// The variables of its frame.
    let slots: Int
    let signature: Signature?
    let body: any Node

    init(parameterSlots: [Int], slots: Int, signature: Signature?, body: any Node) {
        self.parameterSlots = parameterSlots
        self.slots = slots
        self.signature = signature
        self.body = body
    }

    func evaluate(_ input: Value, _ frame: Frame, _: Machine) throws(Fault) -> Value {
        // A function sees the frames around it as long as it lives.
        var seen: Frame? = frame
        while let one = seen, !one.isCaptured {
            one.isCaptured = true
            seen = one.parent
        }
        return .function(FunctionNode(.lambda(self, frame, input)))
    }
}
