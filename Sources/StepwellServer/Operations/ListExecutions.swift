import StepwellEngine
import StepwellHistory

extension Operation {
    /// Lists the executions of a state machine, newest first.
    static let listExecutions = Operation(
        "ListExecutions",
        [
            .optional("stateMachineArn", .arn),
            .optional("statusFilter", .executionStatus),
            .optional("maxResults", .pageSize),
            .optional("nextToken", .executionPageToken),
            .unsupported("mapRunArn", .longARN),
            .unsupported("redriveFilter", .oneOf("REDRIVEN", "NOT_REDRIVEN")),
        ]
    ) { fields, engine in
        guard let arn = fields.string("stateMachineArn") else {
            throw ServiceError(
                code: "ValidationException",
                message: "Must specify the stateMachineArn."
            )
        }
        let filter = fields.string("statusFilter")
        guard filter != "PENDING_REDRIVE" else {
            // Only child executions of a distributed Map can have it, and there are none.
            return Array(#"{"executions":[]}"#.utf8)
        }
        let page = try await engine.listExecutions(
            ListExecutionsRequest(
                stateMachineARN: arn,
                statusFilter: filter.flatMap { ExecutionStatus(rawValue: $0) },
                maxResults: fields.integer("maxResults") ?? 0,
                nextToken: try fields.pageToken("ListExecutions", arn, filter ?? "")
            )
        )
        var answer = ResponseFields()
        answer.add("executions", page.items.map { $0.fields })
        answer.add("nextToken", fields.sealed(page.nextToken, "ListExecutions", arn, filter ?? ""))
        return answer.finished()
    }
}

extension ExecutionListItem {
    fileprivate var fields: ResponseFields {
        var item = ResponseFields()
        item.add("executionArn", executionARN)
        item.add("stateMachineArn", stateMachineARN)
        item.add("name", name)
        item.add("status", status.rawValue)
        item.add("startDate", startDate)
        item.add("stopDate", stopDate)
        item.add("stateMachineVersionArn", stateMachineVersionARN)
        item.add("stateMachineAliasArn", stateMachineAliasARN)
        item.add("redriveCount", 0)
        return item
    }
}
