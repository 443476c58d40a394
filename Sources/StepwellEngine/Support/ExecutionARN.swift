/// The ARN of an execution, which names its state machine and itself.
package struct ExecutionARN: Sendable, Hashable {
    package let string: String

    /// The ARN of the execution with a name in a state machine; the name of an execution of an
    /// Express workflow is `NAME:UUID`.
    package init(stateMachineARN: String, name: String, isExpress: Bool = false) {
        var machine = stateMachineARN
        var text: [UInt8] = []
        text.reserveCapacity(machine.utf8.count + name.utf8.count + 1)
        machine.withUTF8 { machine in
            if let place = Self.marker(in: machine) {
                text.append(contentsOf: UnsafeBufferPointer(rebasing: machine[..<place.lowerBound]))
                text.append(contentsOf: (isExpress ? ":express:" : ":execution:").utf8)
                text.append(contentsOf: UnsafeBufferPointer(rebasing: machine[place.upperBound...]))
            } else {
                text.append(contentsOf: machine)
            }
        }
        text.append(UInt8(ascii: ":"))
        text.append(contentsOf: name.utf8)
        string = String(decoding: text, as: UTF8.self)
    }

    /// Where `:stateMachine:` first is in an ARN.
    private static func marker(in arn: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        let marker: StaticString = ":stateMachine:"
        let length = marker.utf8CodeUnitCount
        var start = 0
        while start + length <= arn.count {
            let isHere = marker.withUTF8Buffer { marker in
                arn[start] == marker[0]
                    && marker.elementsEqual(arn[start..<start + length])
            }
            if isHere { return start..<start + length }
            start += 1
        }
        return nil
    }
}
