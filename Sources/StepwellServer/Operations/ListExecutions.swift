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
            .optional("mapRunArn", .longARN),
            .optional("redriveFilter", .oneOf("REDRIVEN", "NOT_REDRIVEN")),
        ]
    ) { fields, engine in
        let (machine, mapRun) = (fields.string("stateMachineArn"), fields.string("mapRunArn"))
        guard let arn = machine ?? mapRun, machine == nil || mapRun == nil else {
            throw ServiceError(
                code: "ValidationException",
                message: "Must specify exactly one of stateMachineArn or mapRunArn."
            )
        }
        // "If you provide a state machine ARN in redriveFilter, the API returns a validation
        // exception" (API reference); it is for the children of a Map Run.
        let redriveFilter = fields.string("redriveFilter")
        guard redriveFilter == nil || mapRun != nil else {
            throw ServiceError(
                code: "ValidationException",
                message: "redriveFilter is not supported with a stateMachineArn."
            )
        }
        let filter = fields.string("statusFilter")
        let isPendingRedrive = filter == "PENDING_REDRIVE"
        if isPendingRedrive, mapRun == nil {
            // Only child executions of a Map Run under redrive can have it; of a state machine that
            // there is, there are none (recorded).
            _ = try await engine.listExecutions(
                ListExecutionsRequest(stateMachineARN: arn, maxResults: 1)
            )
            return Array(#"{"executions":[]}"#.utf8)
        }
        let status = filter.flatMap { ExecutionStatus(rawValue: $0) }
        let size = fields.integer("maxResults") ?? 0
        let token = try fields.pageToken("ListExecutions", arn, filter ?? "", redriveFilter ?? "")
        let page =
            if mapRun == nil {
                try await engine.listExecutions(
                    ListExecutionsRequest(
                        stateMachineARN: arn,
                        statusFilter: status,
                        maxResults: size,
                        nextToken: token
                    )
                )
            } else {
                try await engine.listChildExecutions(
                    mapRunARN: arn,
                    isRedriven: redriveFilter.map { $0 == "REDRIVEN" },
                    statusFilter: status,
                    isPendingRedrive: isPendingRedrive,
                    maxResults: size,
                    nextToken: token
                )
            }
        var answer = ResponseFields()
        answer.add("executions", page.items.map { $0.fields })
        answer.add(
            "nextToken",
            fields.sealed(page.nextToken, "ListExecutions", arn, filter ?? "", redriveFilter ?? "")
        )
        return answer.finished()
    }
}

extension ExecutionListItem {
    fileprivate var fields: ResponseFields {
        var item = ResponseFields()
        item.add("executionArn", executionARN)
        item.add("stateMachineArn", stateMachineARN)
        item.add("name", name)
        item.add("status", isPendingRedrive ? "PENDING_REDRIVE" : status.rawValue)
        item.add("startDate", startDate)
        item.add("stopDate", stopDate)
        item.add("mapRunArn", mapRunARN)
        item.add("stateMachineVersionArn", stateMachineVersionARN)
        item.add("stateMachineAliasArn", stateMachineAliasARN)
        item.add("redriveCount", redriveCount)
        item.add("redriveDate", redriveDate)
        return item
    }
}
