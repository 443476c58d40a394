import StepwellJSON

/// Order: `< <= > >=`.
final class ComparisonNode: Node {
    /// Which of them.
    enum Operation {
        case less, lessOrEqual, greater, greaterOrEqual
    }

    private let operation: Operation
    private let left: any Node
    private let right: any Node
    private let place: Place

    init(_ operation: Operation, _ left: any Node, _ right: any Node, _ place: Place) {
        self.operation = operation
        self.left = left
        self.right = right
        self.place = place
    }

    func evaluate(
        _ input: Value,
        _ frame: Frame,
        _ machine: Machine
    ) throws(Fault) -> Value {
        let first = try machine.evaluate(left, input, frame)
        let second = try machine.evaluate(right, input, frame)
        let comparable: ValueType = [.number, .string, .missing]
        for value in [first, second] where !comparable.contains(value.type) {
            throw Fault(
                "T2010",
                position: place.position,
                token: place.token,
                value: value.json()
            )
        }
        guard first.isDefined, second.isDefined else {
            return .undefined
        }
        if let left = first.number, let right = second.number {
            return .bool(compare(left < right, left == right))
        }
        if case .string(let left) = first, case .string(let right) = second {
            try machine.count(reading: left)
            return .bool(compare(UTF16Text.isLess(left, right), left.hasSameBytes(as: right)))
        }
        throw Fault(
            "T2009",
            position: place.position,
            token: place.token,
            value: first.json(),
            detail: second.json()?.description
        )
    }

    private func compare(_ isLess: Bool, _ isEqual: Bool) -> Bool {
        switch operation {
        case .less: isLess
        case .lessOrEqual: isLess || isEqual
        case .greater: !isLess && !isEqual
        case .greaterOrEqual: !isLess
        }
    }
}
