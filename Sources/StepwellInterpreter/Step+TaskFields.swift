import StepwellHistory
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

extension ExecutionState {
    /// TimeoutSeconds, HeartbeatSeconds and their Path forms; the default, 99,999,999 seconds,
    /// arms nothing and is not recorded.
    func seconds(
        _ field: SecondsField?,
        named name: String,
        of id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> Int64? {
        switch field {
        case nil: return nil
        case .literal(let seconds): return seconds
        case .expression(let expression):
            return try integer(
                expression,
                field: name,
                in: 1...LanguageLimits.seconds,
                on: id,
                into: &builder
            )
        case .path(let path) where dialect == .current:
            let seconds = try whole(at: path, of: name + "Path", in: id, into: &builder)
            guard seconds > 0 else {
                throw runtimeFailure(Causes.notPositive(field: name), in: id)
            }
            guard seconds <= LanguageLimits.seconds else {
                let problem = Causes.secondsOutOfRange(field: path.text, value: String(seconds))
                throw runtimeFailure(problem, in: id)
            }
            return seconds
        case .path(let path):
            let input = try effectiveInput(of: id, into: &builder)
            let scope = evaluation(of: id, input: try value(of: input, in: id, into: &builder))
            let found = try evaluate(path, in: scope, branch: id, into: &builder)
            guard case .number(let number) = found, let seconds = number.integer,
                (1...LanguageLimits.seconds).contains(seconds)
            else {
                let shown = JSONWriter.string(found)
                throw runtimeFailure(
                    Causes.secondsOutOfRange(field: path.text, value: shown),
                    in: id
                )
            }
            return seconds
        }
    }

    /// HeartbeatSeconds has to be smaller than TimeoutSeconds (ASL, Task State); the validator sees
    /// to literal ones.
    func checkHeartbeat(
        _ heartbeat: Int64?,
        within timeout: Int64?,
        in id: BranchID
    ) throws(StateFailure) {
        guard semantics >= Semantics.heartbeatsWithinTimeouts, let heartbeat, let timeout,
            heartbeat >= timeout
        else { return }
        let problem = Causes.heartbeatNotWithin(timeout, heartbeat: heartbeat)
        guard definition[branches[id].state].queryLanguage == .jsonata else {
            throw runtimeFailure(problem, in: id)
        }
        throw evaluationFailure(problem, field: "HeartbeatSeconds", isParsed: true, in: id)
    }

    /// `Credentials.RoleArn`.
    func credentials(
        _ fields: TaskFields,
        input: Payload,
        on id: BranchID,
        into builder: inout TransitionBuilder
    ) throws(StateFailure) -> String? {
        let value: JSONValue
        if let template = fields.credentials {
            value = try evaluate(template, input: input, on: id, into: &builder)
        } else if let template = fields.credentialsTemplate {
            let scope = try expressionScope(of: id, into: &builder)
            value = try evaluate(
                template,
                field: "Credentials",
                in: scope,
                on: id,
                into: &builder
            )
        } else {
            return nil
        }
        if let template = fields.credentialsTemplate {
            try checkRole(value, of: template, in: id)
        }
        guard case .object(let members) = value, case .string(let role)? = members["RoleArn"] else {
            throw runtimeFailure("Credentials has to give a RoleArn.", in: id)
        }
        return role
    }

    /// An expression that gives no role fails as other expressions of the wrong type do.
    private func checkRole(
        _ value: JSONValue,
        of template: ExpressionTemplate,
        in id: BranchID
    ) throws(StateFailure) {
        switch template {
        case .expression(let whole) where value.objectValue == nil:
            throw unexpected(value, expected: "object", of: whole, field: "Credentials", in: id)
        case .object(let members):
            guard let role = value.objectValue?["RoleArn"], role.stringValue == nil else { return }
            for case ("RoleArn", .expression(let part)) in members {
                let field = "Credentials/RoleArn"
                throw unexpected(role, expected: "string", of: part, field: field, in: id)
            }
        case .literal, .expression, .array: return
        }
    }

    /// The region of the state machine: the fourth part of its ARN.
    var region: String {
        guard let arn = start?.stateMachineARN else { return "" }
        let parts = arn.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return parts.count > 3 ? String(Substring(parts[3])) : ""
    }

    /// The text of a branch's task token.
    func taskToken(_ token: MintedToken) -> String {
        TaskToken(
            shard: 0,
            execution: execution,
            ordinal: token.ordinal,
            secret: token.secret
        ).text
    }
}
