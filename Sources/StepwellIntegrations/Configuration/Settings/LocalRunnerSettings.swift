/// What does the work of an ECS task or of a Batch job on this machine.
package struct LocalRunnerSettings: Sendable, Hashable {
    /// Whose work it does.
    package enum Service: String, Sendable, Hashable, CaseIterable {
        case ecs, batch
    }

    /// What the work is done by.
    package enum Program: Sendable, Hashable {
        /// A program of this machine.
        case process
        /// A container of an image: the command that runs containers, and its own options.
        case container(image: String, command: [String], options: [String])
    }

    package var service: Service
    /// The name of the task or job definition, without revision, or `*` for every other.
    package var definition: String
    /// The container that overrides may name.
    package var container: String
    package var program: Program
    /// What stays in front of the command, whatever overrides say.
    package var entryPoint: [String]
    /// The command, which overrides replace.
    package var command: [String]
    /// Where it runs, absolute.
    package var directory: String
    package var environment: [NamedSecret]
    /// Variables that are taken over from the server's own environment.
    package var inherited: [String]
    /// How long an attempt may take; nil for no limit.
    package var timeout: Duration?
    /// How many times a job is tried; for Batch.
    package var attempts: Int
    /// Whether work that ended with the server is done again when it starts again.
    package var reruns: Bool

    package init(service: Service, definition: String, command: [String], directory: String) {
        self.service = service
        self.definition = definition
        container = definition
        program = .process
        entryPoint = []
        self.command = command
        self.directory = directory
        environment = []
        inherited = []
        timeout = nil
        attempts = 1
        reruns = false
    }
}
