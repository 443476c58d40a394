import StepwellEngine
import StepwellJSON
import StepwellTriggers

extension EventsOperation {
    static let targets = [putTargets, removeTargets, listTargetsByRule]

    /// Members that are about services that this server delivers nothing to.
    private static let foreign = [
        "KinesisParameters", "RunCommandParameters", "EcsParameters", "BatchParameters",
        "HttpParameters", "RedshiftDataParameters", "SageMakerPipelineParameters",
        "AppSyncParameters", "SqsParameters",
    ].map { MemberShape.unsupported($0, .structure([])) }

    private static let target = ValueShape.structure(
        foreign + [
            .required("Id", .targetID), .required("Arn", .eventARN),
            .optional("RoleArn", .eventARN), .optional("Input", .sensitive(0...8192)),
            .optional("InputPath", .string(0...256)),
            .optional(
                "InputTransformer",
                .structure([
                    .optional("InputPathsMap", .map(of: .string(0...256), count: 0...100)),
                    .required("InputTemplate", .string(1...8192)),
                ])
            ),
            .optional("DeadLetterConfig", .deadLetterConfig),
            .optional(
                "RetryPolicy",
                .structure([
                    .optional("MaximumRetryAttempts", .integer(0...185)),
                    .optional("MaximumEventAgeInSeconds", .integer(60...86_400)),
                ])
            ),
        ]
    )

    private static let putTargets = EventsOperation(
        "PutTargets",
        [
            .required("Rule", .ruleName), .optional("EventBusName", .eventBus),
            .required("Targets", .list(of: target, count: 1...100)),
        ]
    ) { fields, service async throws(ServiceError) in
        var targets: [RuleTarget] = []
        for json in fields.value("Targets")?.arrayValue ?? [] {
            guard let target = RuleTarget(json) else { continue }
            let inputs = ["Input", "InputPath", "InputTransformer"].compactMap { json[$0] }
            guard inputs.count <= 1 else {
                throw .invalidEventRequest(
                    "Only one of Input, InputPath, or InputTransformer must be provided for target "
                        + "\(target.id)."
                )
            }
            targets.append(target)
        }
        try await service.putTargets(targets, rule: fields.required("Rule"), of: fields.bus())
        return Array(#"{"FailedEntryCount":0,"FailedEntries":[]}"#.utf8)
    }

    private static let removeTargets = EventsOperation(
        "RemoveTargets",
        [
            .required("Rule", .ruleName), .optional("EventBusName", .eventBus),
            .required("Ids", .list(of: .targetID, count: 1...100)), .optional("Force", .boolean),
        ]
    ) { fields, service async throws(ServiceError) in
        let rule = fields.required("Rule")
        let missing = try await service.removeTargets(
            fields.strings("Ids"),
            rule: rule,
            of: fields.bus()
        )
        let failures = missing.map { id in
            var failure = ResponseFields()
            failure.add("TargetId", id)
            failure.add("ErrorCode", "ResourceNotFoundException")
            failure.add("ErrorMessage", "Rule \(rule) does not have a target \(id).")
            return failure
        }
        var answer = ResponseFields()
        answer.add("FailedEntryCount", failures.count)
        answer.add("FailedEntries", failures)
        return answer.finished()
    }

    private static let listTargetsByRule = EventsOperation(
        "ListTargetsByRule",
        [
            .required("Rule", .ruleName), .optional("EventBusName", .eventBus),
            .optional("NextToken", .eventPageToken), .optional("Limit", .eventPageSize),
        ],
        isAudited: false
    ) { fields, service async throws(ServiceError) in
        let (rule, bus) = (fields.required("Rule"), fields.bus())
        let all = try await service.targets(of: rule, on: bus)
        let page = try fields.page(of: all, "ListTargetsByRule", bus, rule) { $0.id }
        var answer = ResponseFields()
        answer.add("Targets", .array(page.items.map { .object($0.json) }))
        answer.add("NextToken", page.nextToken)
        return answer.finished()
    }
}
