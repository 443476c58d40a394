/// The ARN of an execution, which names its state machine and itself.
package struct ExecutionARN: Sendable, Hashable {
    package let string: String

    /// The ARN of the execution with a name in a state machine.
    package init(stateMachineARN: String, name: String) {
        var text = String()
        text.reserveCapacity(stateMachineARN.utf8.count + name.utf8.count + 1)
        let marker = ":stateMachine:"
        if let range = stateMachineARN.range(ofBytes: marker) {
            text += stateMachineARN[..<range.lowerBound]
            text += ":execution:"
            text += stateMachineARN[range.upperBound...]
        } else {
            text += stateMachineARN
        }
        text += ":"
        text += name
        string = text
    }
}

extension String {
    /// Where the bytes of another string first occur.
    fileprivate func range(ofBytes pattern: String) -> Range<Index>? {
        let first = pattern.utf8.first
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if utf8[start] == first, utf8[start...].starts(with: pattern.utf8) {
                return start..<utf8.index(start, offsetBy: pattern.utf8.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
