import StepwellEngine
import StepwellIntegrations
import StepwellJSON

/// Finds the ARNs of what people call by name.
struct NameResolver {
    let api: any ServiceAPI

    /// The ARN of a state machine, version or alias, from `NAME[:VERSION|:ALIAS][#TEST-CASE]` or an
    /// ARN.
    func machine(_ text: String) async throws -> String {
        guard !text.utf8.starts(with: "arn:".utf8) else { return text }
        let name = String(text.prefix { $0 != ":" && $0 != "#" })
        let arn = try await arn(
            of: name,
            kind: "state machine",
            in: ("ListStateMachines", "stateMachines", "stateMachineArn")
        )
        return arn + text.dropFirst(name.count)
    }

    /// The ARN of an activity, from its name or ARN.
    func activity(_ text: String) async throws -> String {
        guard !text.utf8.starts(with: "arn:".utf8) else { return text }
        return try await arn(
            of: text,
            kind: "activity",
            in: ("ListActivities", "activities", "activityArn")
        )
    }

    /// The ARN of a state machine or an activity, from its name or ARN.
    func resource(_ text: String) async throws -> String {
        do {
            return try await machine(text)
        } catch let error as CommandFailure where error.status == .failed {
            guard let activity = try? await activity(text) else { throw error }
            return activity
        }
    }

    /// The ARN of an execution.
    func execution(_ reference: ExecutionReference) async throws -> String {
        switch reference {
        case .arn(let machine, let name, let isExpress):
            ExecutionARN(stateMachineARN: machine, name: name, isExpress: isExpress).string
        case .name(let machine, let name, let isExpress):
            ExecutionARN(
                stateMachineARN: try await self.machine(machine),
                name: name,
                isExpress: isExpress
            ).string
        case .number(let number):
            try api.arn(ofExecutionNumber: number)
        }
    }

    private func arn(
        of name: String,
        kind: String,
        in listing: (operation: String, member: String, key: String)
    ) async throws -> String {
        var names: [String] = []
        var found: [String] = []
        try await api.each(listing.operation, in: listing.member) { element in
            guard let each = element["name"]?.stringValue,
                let arn = element[listing.key]?.stringValue
            else { return true }
            names.append(each)
            if each.utf8.elementsEqual(name.utf8) { found.append(arn) }
            return true
        }
        if found.count == 1 { return found[0] }
        throw CommandFailure(
            .failed,
            found.isEmpty
                ? "there is no \(kind) '\(name)'" + NearName.suggestion(name, in: names)
                : "several are named '\(name)'; give the ARN: "
                    + found.joined(separator: ", ")
        )
    }
}
