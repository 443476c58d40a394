import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// A typed closure as the connector of a resource.
struct HandlerConnector<Input: Decodable & Sendable>: TaskConnector {
    let resource: String
    /// How many of its tasks run at once; nil for as many as there are.
    let width: Int?
    let home: EngineHome
    /// Does the work; its result as a payload.
    let handler: @Sendable (Input, TaskContext) async throws -> JSONValue

    private static var callback: String { ".waitForTaskToken" }

    var hasLanes: Bool { width != nil }

    func lane(of task: ConnectorTask) -> TaskLane? {
        width.map { TaskLane(name: resource, width: $0) }
    }

    func serves(_ resource: String) -> Bool {
        if resource.utf8.elementsEqual(self.resource.utf8) { return true }
        if let own = FunctionReference(arn: self.resource) {
            // A function's ARN, with any version or alias where the handler's names none.
            guard let asked = FunctionReference(arn: resource) else { return false }
            return own.qualifier == nil && asked.unqualified == self.resource
        }
        guard !self.resource.utf8.starts(with: "arn:".utf8) else { return false }
        var name = Substring(resource)
        if name.utf8.count > Self.callback.utf8.count, name.hasSuffix(Self.callback) {
            name = name.dropLast(Self.callback.count)
        }
        if let function = FunctionReference(arn: String(name)) {
            return function.name.utf8.elementsEqual(self.resource.utf8)
        }
        let prefix = "stepwell:".utf8
        if name.utf8.starts(with: prefix) { name = Substring(name.utf8.dropFirst(prefix.count)) }
        return name.utf8.elementsEqual(self.resource.utf8)
    }

    func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        let input: Input
        do {
            input = try home.coding.decode(Input.self, from: task.dispatch.parameters)
        } catch {
            throw TaskFailure(
                error: "States.TaskFailed",
                cause: "The input of '\(task.dispatch.resource)' is no \(Input.self): \(error)"
            )
        }
        do {
            let payload = Payload(try await handler(input, TaskContext(task, in: home)))
            return task.endsByToken ? .submitted(payload) : .succeeded(payload)
        } catch let error as any TaskErrorConvertible {
            let told = error.taskError.clipped
            throw TaskFailure(error: told.error, cause: told.cause)
        } catch  where !(error is CancellationError) && !(error is TaskFailure) {
            let told = TaskError("States.TaskFailed", cause: String(describing: error)).clipped
            throw TaskFailure(error: told.error, cause: told.cause)
        }
    }
}
