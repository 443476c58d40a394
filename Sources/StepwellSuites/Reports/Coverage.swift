import StepwellEngine
import StepwellLanguage

/// Which states, choice rules and catchers of a state machine the cases came to.
package struct Coverage: Sendable {
    /// A part of a definition that a case may come to.
    package enum Part: Sendable, Hashable {
        case state(String)
        /// An element of `Choices`; nil is `Default`.
        case rule(String, Int?)
        case catcher(String, Int)
    }

    /// A part and whether a case came to it.
    package struct Row: Sendable {
        package let part: Part
        package let isCovered: Bool
        /// What it is called, for people.
        package let name: String
    }

    /// The name of the state machine.
    package let machine: String
    /// The rows in the order of the definition.
    package let rows: [Row]

    /// The coverage of a state machine by the results of cases.
    package init(of machine: SuiteMachine, by results: [CaseResult], cases: [SuiteCase]) {
        self.machine = machine.name
        var covered: Set<Part> = []
        for (result, each) in zip(results, cases) {
            for trace in result.outcome?.traces(of: machine.name) ?? [] {
                covered.formUnion(trace.visits.map { .state($0.state) })
                covered.formUnion(trace.rules.map { .rule($0.state, $0.index) })
                covered.formUnion(trace.catchers.map { .catcher($0.state, $0.index ?? 0) })
            }
            if case .state(let request) = each.subject, result.outcome != nil,
                let state = request.stateName, request.definition == machine.text
            {
                covered.insert(.state(state))
            }
        }
        let definition = machine.definition
        rows = definition.states.flatMap { Self.parts(of: $0, definition) }.map {
            Row(part: $0.part, isCovered: covered.contains($0.part), name: $0.name)
        }
    }

    private static func parts(
        of state: State,
        _ definition: StateMachineDefinition
    ) -> [(part: Part, name: String)] {
        var parts = [(Part.state(state.name), state.name)]
        if case .choice(let fields) = state.kind {
            for (index, rule) in fields.rules.enumerated() {
                let next = definition[rule.next].name
                parts.append(
                    (.rule(state.name, index), "\(state.name).Choices[\(index)] → \(next)")
                )
            }
            if let next = fields.defaultNext {
                parts.append(
                    (.rule(state.name, nil), "\(state.name).Default → \(definition[next].name)")
                )
            }
        }
        for (index, catcher) in state.catchers.enumerated() {
            let next = definition[catcher.next].name
            parts.append((.catcher(state.name, index), "\(state.name).Catch[\(index)] → \(next)"))
        }
        return parts
    }

    /// How many of the parts that a filter lets through were come to, and how many there are.
    package func count(_ isWanted: (Part) -> Bool) -> (covered: Int, all: Int) {
        let wanted = rows.filter { isWanted($0.part) }
        return (wanted.count(where: \.isCovered), wanted.count)
    }

    /// What no case came to.
    package var missed: [Row] { rows.filter { !$0.isCovered } }
}
