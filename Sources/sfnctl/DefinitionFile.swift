import Stepwell
import StepwellLanguage

/// A definition that a command was given, checked.
struct DefinitionFile {
    /// A name for the state machine: the file's, up to its first dot, or one that it is known by.
    var name: String
    /// The definition's JSON text with the substitutions made.
    let text: String

    /// Reads and checks a definition; every problem is pointed at by file, line and column, with
    /// the mend where one is known.
    init(path: String, substitutions: Substitutions) throws {
        let source = try DefinitionSource(path: path, substitutions: substitutions)
        try substitutions.refuseUnused(in: source.placeholders)
        let problems = source.decode().problems
        let lines = problems.map { $0.line(in: source.path) }
        if problems.hasErrors {
            let list = lines.joined(separator: "\n")
            throw CommandFailure(.badInput, "the definition cannot be used\n" + list)
        }
        for line in lines { Terminal.note(line) }
        name = Self.name(of: path)
        text = String(decoding: try source.filled(), as: UTF8.self)
    }

    /// Creates the state machine, or gives the one of that name this definition; its ARN.
    func deploy(on engine: WorkflowEngine) async throws -> String {
        // What nothing serves is said by the engine, and may be configured later.
        try await engine.deployStateMachine(name, definition: .json(text), allowsUnserved: true)
    }

    /// Deploys the definition unless the state machine has it already; whether it had not.
    func deployIfChanged(on engine: WorkflowEngine) async throws -> Bool {
        if let present = try? await engine.describeStateMachine(name),
            present.definition.utf8.elementsEqual(text.utf8)
        {
            return false
        }
        _ = try await deploy(on: engine)
        return true
    }

    /// The name of the state machine that a definition's file gives it.
    static func name(of path: String) -> String {
        let file = path.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
        let stem = file.prefix { $0 != UInt8(ascii: ".") }.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == UInt8(ascii: "_")
            return isPlain ? byte : UInt8(ascii: "-")
        }
        let name = String(decoding: stem.prefix(80), as: UTF8.self)
        return name.isEmpty ? "definition" : name
    }
}
