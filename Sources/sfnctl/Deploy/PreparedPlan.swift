import StepwellIntegrations
import StepwellJSON
import StepwellLanguage
import StepwellTemplates

/// A plan whose definitions are read and checked.
struct PreparedPlan {
    let plan: TemplatePlan
    /// The stack's name.
    let stack: String
    /// The definitions' JSON text by logical id, with the substitutions made.
    let definitions: [String: String]
    /// What was passed over, and warnings of definitions.
    let notes: [String]

    /// Reads the definitions of stacks; throws every problem of all of them.
    static func prepare(_ stacks: [TemplateFiles.Stack]) throws -> [PreparedPlan] {
        var problems: [String] = []
        var plans: [PreparedPlan] = []
        for stack in stacks {
            var definitions: [String: String] = [:]
            var notes = stack.plan.notes.map(\.description)
            for machine in stack.plan.stateMachines {
                let found = try Definition(machine, stack.document)
                let lines = found.decoded.problems.map { $0.line(in: found.file) }
                if found.decoded.problems.hasErrors {
                    problems += lines
                } else {
                    notes += lines
                    definitions[machine.logicalID] = String(
                        decoding: try found.filled(),
                        as: UTF8.self
                    )
                }
            }
            plans.append(
                PreparedPlan(
                    plan: stack.plan,
                    stack: stack.name,
                    definitions: definitions,
                    notes: notes
                )
            )
        }
        guard problems.isEmpty else {
            throw CommandFailure(
                .badInput,
                "definitions cannot be used\n" + problems.joined(separator: "\n")
            )
        }
        return plans
    }

    /// A definition that was read.
    private struct Definition {
        let file: String
        let decoded: DecodedDefinition
        let filled: () throws -> [UInt8]

        init(_ machine: PlannedStateMachine, _ template: TemplateDocument) throws {
            let values = Substitutions(values: machine.substitutions)
            switch machine.definition {
            case .file(let path):
                let source = try DefinitionSource(path: path.shownPath, substitutions: values)
                file = source.path
                decoded = source.decode()
                filled = source.filled
            case .text(let text, let parts):
                let json = TemplateText(Array(text.utf8), substitutions: values.values).json
                let decoder = DefinitionDecoder(substitutions: values.values)
                file = template.file
                decoded = decoder.decode(json).placed { problem in
                    let place = parts.map { parts in
                        (JSONPointer(problem.pointer)?.tokens ?? []).reduce(parts) {
                            $0.appending($1)
                        }
                    }
                    return template.position(of: place ?? machine.place)
                }
                filled = { try DefinitionDecoder.filled(json, from: values.values) }
            }
        }
    }
}
