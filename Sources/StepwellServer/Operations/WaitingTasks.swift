package import StepwellEngine
package import StepwellHistory
import StepwellJSON
package import StepwellReplay

/// A task that waits for whoever has its token, or for a worker of its activity.
package struct WaitingTask: Sendable {
    /// The execution that it is of.
    package let executionARN: String
    /// The branch that is in the task's state.
    package let branch: ActiveBranch
    /// What the branch waits for.
    package let wait: BranchWait

    fileprivate var json: JSONObject {
        var object = wait.json
        object["executionArn"] = .string(executionARN)
        object["state"] = branch.state.map { .string($0) }
        object["path"] = .string(branch.path)
        object.add("input", branch.input)
        return object
    }
}

/// Looks through the executions that have work outstanding, the oldest first, for tasks that
/// somebody outside has to answer.
package struct WaitingTasks: Sendable {
    /// How many executions are looked at for a page: briefly, and in all that they are.
    private static let (heads, pictures) = (1_000, 100)
    /// The bytes at which the input of a task is cut.
    private static let inputLimit = 4_096

    private let engine: Engine

    /// Those of an engine's executions.
    package init(_ engine: Engine) {
        self.engine = engine
    }

    /// A page of them; it may be short, even empty, and have others behind it.
    ///
    /// - Parameters:
    ///   - number: The execution behind which the page begins; nil for the first.
    ///   - limit: How many are enough; those of one execution stay together.
    ///   - machine: The ARN of the state machine, version or alias that they are of; nil for all.
    /// - Returns: The tasks, and the execution behind which others may be.
    /// - Throws: `ServiceError` when executions cannot be read.
    package func page(
        after number: ExecutionNumber?,
        limit: Int,
        of machine: String? = nil
    ) async throws -> (tasks: [WaitingTask], next: ExecutionNumber?) {
        let page = try await engine.unsettledExecutions(after: number, limit: Self.heads)
        var (tasks, last, pictures): ([WaitingTask], ExecutionNumber?, Int) = ([], number, 0)
        for head in page.executions {
            guard tasks.count < limit, pictures < Self.pictures else { return (tasks, last) }
            last = head.execution
            guard head.summary.status == .running, head.summary.pendingTasks > 0,
                machine.map({ Self.isExecution(head, of: $0) }) ?? true
            else { continue }
            pictures += 1
            tasks += try await self.tasks(of: head, machine)
        }
        return (tasks, page.isLast ? nil : last)
    }

    private func tasks(of head: ExecutionHead, _ machine: String?) async throws -> [WaitingTask] {
        let arn = head.executionARN
        do {
            let found = try await engine.view(ofExecution: arn) { views in
                var views = views
                views.payloadLimit = Self.inputLimit
                var request = PictureRequest()
                (request.limit, request.branchLimit) = (.max, .max)
                return try views.picture(request).waitingTasks(of: arn)
            }
            guard !found.isEmpty, let machine, Self.isQualified(machine) else { return found }
            let execution = try await engine.describeExecution(arn: arn, scope: .any)
            let isMeant = [execution.stateMachineVersionARN, execution.stateMachineAliasARN]
                .contains(machine)
            return isMeant ? found : []
        } catch let error as ServiceError where error.code == "ExecutionDoesNotExist" {
            // It has ended meanwhile, and is not kept.
            return []
        }
    }

    private static func isExecution(_ head: ExecutionHead, of machine: String) -> Bool {
        let parts = machine.split(separator: ":", omittingEmptySubsequences: false)
        let wanted = parts.prefix(7).joined(separator: ":").utf8
        let own = head.stateMachineARN.utf8
        // The children of a Map Run are of `MACHINE/LABEL`.
        return own.starts(with: wanted)
            && (own.count == wanted.count || own.dropFirst(wanted.count).first == UInt8(ascii: "/"))
    }

    private static func isQualified(_ machine: String) -> Bool {
        machine.utf8.count { $0 == UInt8(ascii: ":") } > 6
    }
}

extension Operation {
    /// The tasks that wait for whoever has their token, or for a worker of their activity.
    static let listWaitingTasks = Operation(
        "ListWaitingTasks",
        [
            .optional("stateMachineArn", .arn), .optional("after", .integer(0...Int64.max)),
            .optional("maxResults", .pageSize),
        ]
    ) { fields, engine in
        let size = fields.integer("maxResults") ?? 0
        let page = try await WaitingTasks(engine).page(
            after: fields.integer("after").map { ExecutionNumber(UInt64($0)) },
            limit: size == 0 ? 100 : size,
            of: fields.string("stateMachineArn")
        )
        var answer = JSONObject([("tasks", .array(page.tasks.map { .object($0.json) }))])
        answer["next"] = page.next.map { .number(JSONNumber(Int64($0.rawValue))) }
        return JSONWriter.write(.object(answer))
    }
}

extension ExecutionPicture {
    /// The branches that wait for a token or a worker, in their order.
    fileprivate func waitingTasks(of arn: String) -> [WaitingTask] {
        var found: [WaitingTask] = []
        // A stack rather than recursion: branches lie in branches.
        var pending = Array(branches.reversed())
        while let branch = pending.popLast() {
            pending += (branch.children?.branches ?? []).reversed()
            guard let wait = branch.waitingFor, wait.kind == .token || wait.kind == .activity
            else { continue }
            found.append(WaitingTask(executionARN: arn, branch: branch, wait: wait))
        }
        return found
    }
}
