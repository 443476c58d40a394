import Foundation
import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellLanguage
import StepwellTesting
import Testing

/// A sample workflow with its mocked responses and cases; see `WorkflowTests`.
struct SampleWorkflow {
    /// One execution: its test case, its input and how it ends.
    struct Case {
        let name: String
        let input: JSONValue
        let status: String
        let output: JSONValue?
    }

    let definition: String
    let mocks: MockConfiguration
    let cases: [Case]
    private let machine: StateMachineDefinition

    init(_ file: URL, shared: String) throws {
        var document = try #require(try JSONParser.parse(Array(Data(contentsOf: file))).objectValue)
        let name = try #require(document.removeValue(forKey: "Definition")?.stringValue)
        let substitutes = document.removeValue(forKey: "Substitute")?.objectValue ?? JSONObject()
        let listed = try #require(document.removeValue(forKey: "Cases")?.objectValue)
        mocks = try MockConfiguration(JSONWriter.write(.object(document)))
        var text = try String(
            contentsOfFile: shared + "/conformance/workflows/" + name,
            encoding: .utf8
        )
        for member in substitutes {
            let value = try #require(member.value.stringValue)
            text = text.replacing("${\(member.key)}", with: value)
        }
        definition = text
        cases = try listed.map { member in
            let fields = try #require(member.value.objectValue)
            return Case(
                name: member.key,
                input: fields["Input"] ?? .object(JSONObject()),
                status: try #require(fields["Status"]?.stringValue),
                output: fields["Output"]
            )
        }
        machine = try #require(DefinitionDecoder().decode(Array(text.utf8)).definition)
    }

    /// Every rule, default and catcher of the definition.
    var edges: Set<String> {
        var edges: Set<String> = []
        for state in machine.states {
            if case .choice(let fields) = state.kind {
                for rule in fields.rules.indices { edges.insert("\(state.name): rule \(rule)") }
                if fields.defaultNext != nil { edges.insert("\(state.name): default") }
            }
            for catcher in state.catchers.indices {
                edges.insert("\(state.name): catcher \(catcher)")
            }
        }
        return edges
    }

    /// The rules, defaults and catchers that the executions in a store took.
    func edges(taken store: SimulatedStore) throws -> Set<String> {
        var edges: Set<String> = []
        for head in store.allHeads() where head.execution != .catalog {
            let turns = try store.readTurns(
                of: head.execution,
                ordinals: Ordinal(1)...Ordinal(.max),
                byteLimit: .max
            )
            var current: [BranchID: String] = [:]
            for turn in turns {
                let records = try TurnCodec.decode(turn.bytes) { _ in Array("null".utf8) }.records
                for record in records {
                    let state = current[record.branch] ?? "?"
                    switch record.body {
                    case .event(let event):
                        if case .stateEntered(_, let details) = event.body {
                            current[record.branch] = details.name
                        }
                    case .engine(.ruleMatched(let rule)):
                        edges.insert(state + ": " + (rule.map { "rule \($0)" } ?? "default"))
                    case .engine(.catcherMatched(let index)):
                        edges.insert("\(state): catcher \(index)")
                    case .engine, .input: break
                    }
                }
            }
        }
        return edges
    }
}
