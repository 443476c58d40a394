import Foundation
import Stepwell

/// The smallest service: one handler, one state, one execution for each name.
///
///     Hello DATA-DIRECTORY NAME
///
/// Run it twice with the same name: the second run finds the execution of the first.
@main
struct Hello {
    static let definition = Definition.json(
        """
        {"StartAt": "Greet", "States": {
          "Greet": {"Type": "Task", "Resource": "greet", "End": true}}}
        """
    )

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            FileHandle.standardError.write(Data("usage: Hello DATA-DIRECTORY NAME\n".utf8))
            exit(64)
        }
        let engine = try await WorkflowEngine.open(at: arguments[1], register)
        engine.resume()
        print(try await greeting(of: arguments[2], by: engine))
        await engine.shutdown()
    }

    /// Registers the one handler.
    static func register(in configuration: inout WorkflowEngine.Configuration) {
        configuration.handle("greet") { (name: String) in "Hello, \(name)!" }
    }

    /// What the execution of a name came to.
    static func greeting(of name: String, by engine: WorkflowEngine) async throws -> String {
        try await engine.deployStateMachine("hello", definition: definition)
        let execution = try await engine.startOrAttach("hello", name: name, input: name)
        return try await execution.result(as: String.self)
    }
}
