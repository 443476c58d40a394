import StepwellEngine
import StepwellIntegrations
import StepwellJSON

/// The execution of a server that a reference means.
struct ServedExecution {
    let arn: String
    /// Whether it is one of an Express workflow, which AWS's operations know nothing of; this
    /// product's own do.
    let isExpress: Bool

    /// Finds it; a name is looked for among the server's state machines.
    init(_ reference: ExecutionReference, _ client: ServiceClient) async throws {
        let machine: String
        let name: String
        switch reference {
        case .arn(let stateMachineARN, let given, let isExpress):
            (machine, name, self.isExpress) = (stateMachineARN, given, isExpress)
        case .name(let stateMachine, let given, let isExpress):
            machine = try await Self.machine(stateMachine, client)
            (name, self.isExpress) = (given, isExpress)
        case .number:
            throw CommandFailure(
                .badInput,
                "an execution's number means something with --data-dir only; give its ARN or "
                    + "machine:name"
            )
        }
        arn = ExecutionARN(stateMachineARN: machine, name: name, isExpress: isExpress).string
    }

    private static func machine(_ name: String, _ client: ServiceClient) async throws -> String {
        var names: [String] = []
        var request = JSONObject()
        while true {
            let page = try await client.call("ListStateMachines", request)
            for machine in page.objects("stateMachines") {
                guard let found = machine.text("name"), let arn = machine.text("stateMachineArn")
                else { continue }
                if found.utf8.elementsEqual(name.utf8) { return arn }
                names.append(found)
            }
            guard let token = page["nextToken"] else { break }
            request["nextToken"] = token
        }
        throw CommandFailure(
            .failed,
            "there is no state machine '\(name)'" + NearName.suggestion(name, in: names)
        )
    }
}
