import StepwellJSONata

/// The members of `$states` that an expression may look at: what has to be there when it is
/// evaluated.
package struct StatesMembers: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let input = StatesMembers(rawValue: 1)
    package static let result = StatesMembers(rawValue: 2)
    package static let errorOutput = StatesMembers(rawValue: 4)
    package static let context = StatesMembers(rawValue: 8)

    /// `$states` itself is looked at, and so all of it.
    package static let all: StatesMembers = [.input, .result, .errorOutput, .context]

    private static let names: [(name: String, member: StatesMembers)] = [
        ("input", .input), ("result", .result), ("errorOutput", .errorOutput),
        ("context", .context),
    ]

    init(of expression: JSONataExpression) {
        let states = "states".utf8
        if expression.wholeVariables.contains(where: { $0.utf8.elementsEqual(states) }) {
            self = .all
            return
        }
        self = []
        for read in expression.freeMembers where read.variable.utf8.elementsEqual(states) {
            for (name, member) in Self.names where read.name.utf8.elementsEqual(name.utf8) {
                insert(member)
            }
        }
    }
}

extension ExpressionTemplate {
    /// Whether an expression of the template may look at a member of `$states`.
    package func reads(_ member: StatesMembers) -> Bool {
        switch self {
        case .literal: false
        case .expression(let expression): !expression.reads.isDisjoint(with: member)
        case .array(let items): items.contains { $0.reads(member) }
        case .object(let members): members.contains { $0.value.reads(member) }
        }
    }
}
