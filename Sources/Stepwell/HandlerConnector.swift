import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// A typed closure as the connector of a resource.
struct HandlerConnector<Input: Decodable & Sendable, Output: Encodable & Sendable>: TaskConnector {
    let resource: String
    let handler: @Sendable (Input, TaskContext) async throws -> Output

    private static var callback: String { ".waitForTaskToken" }

    func serves(_ resource: String) -> Bool {
        if resource.utf8.elementsEqual(self.resource.utf8) { return true }
        guard !self.resource.utf8.starts(with: "arn:".utf8) else { return false }
        var name = Substring(resource)
        if name.utf8.count > Self.callback.utf8.count, name.hasSuffix(Self.callback) {
            name = name.dropLast(Self.callback.count)
        }
        let prefixes = ["stepwell:", Self.functionPrefix(of: resource)]
        for prefix in prefixes where !prefix.isEmpty && name.utf8.starts(with: prefix.utf8) {
            name = name[name.utf8.index(name.startIndex, offsetBy: prefix.utf8.count)...]
        }
        return name.utf8.elementsEqual(self.resource.utf8)
    }

    /// `arn:aws:lambda:REGION:ACCOUNT:function:` of a function's ARN; empty for anything else.
    private static func functionPrefix(of resource: String) -> String {
        let parts = resource.utf8.split(
            separator: UInt8(ascii: ":"),
            maxSplits: 6,
            omittingEmptySubsequences: false
        ).map { String(Substring($0)) }
        guard parts.count == 7, parts[0] == "arn", parts[2] == "lambda", parts[5] == "function"
        else { return "" }
        return parts[..<6].joined(separator: ":") + ":"
    }

    func run(_ task: ConnectorTask) async throws -> TaskOutcome {
        let input: Input
        do {
            input = try PayloadCoding.decode(Input.self, from: task.dispatch.parameters)
        } catch {
            throw TaskFailure(
                error: "States.TaskFailed",
                cause: "The input of '\(task.dispatch.resource)' is no \(Input.self): \(error)"
            )
        }
        do {
            let output = try await handler(input, TaskContext(task))
            let payload = try PayloadCoding.encode(output)
            return task.token != nil ? .submitted(payload) : .succeeded(payload)
        } catch let failure as LocalTaskFailure {
            throw TaskFailure(error: failure.error, cause: failure.cause)
        }
    }
}
