package import StepwellEngine
import StepwellInterpreter
package import StepwellLanguage

/// A state machine that cases run.
package struct SuiteMachine: Sendable {
    /// Its name.
    package let name: String
    /// The definition's file, as it was named.
    package let file: String
    /// The definition's JSON text.
    package let text: String
    package let type: StateMachineType
    /// The compiled definition.
    package let definition: StateMachineDefinition
    /// The activities that its tasks are done by.
    package let activities: [String]

    /// A state machine of a definition's JSON text.
    ///
    /// - Throws: `SuiteFailure` when it is no definition.
    package init(
        name: String,
        file: String,
        text: String,
        type: StateMachineType = .standard
    ) throws(SuiteFailure) {
        let decoded = DefinitionDecoder(substitutions: [:]).decode(Array(text.utf8))
        guard let definition = decoded.definition else {
            throw SuiteFailure("\(file): \(decoded.refusal)")
        }
        self.name = name
        self.file = file
        self.text = text
        self.type = type
        self.definition = definition
        activities = decoded.resources.filter {
            if case .activity = TaskResourceName($0).kind { true } else { false }
        }
    }

    /// The state of a name; nil when there is none.
    func state(_ name: String) -> State? {
        definition.index(ofState: name).map { definition[$0] }
    }

    /// Whether workers of an activity do a state's work.
    func isActivity(_ state: String) -> Bool {
        guard case .task(let fields)? = self.state(state)?.kind,
            case .activity = TaskResourceName(fields.resource).kind
        else { return false }
        return true
    }
}

/// Why cases cannot be run.
package struct SuiteFailure: Error, Sendable, CustomStringConvertible {
    package let description: String

    /// A failure in words for people.
    package init(_ description: String) {
        self.description = description
    }
}
