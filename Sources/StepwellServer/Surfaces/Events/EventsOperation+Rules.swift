import StepwellEngine
import StepwellJSON
import StepwellTriggers

extension EventsOperation {
    static let rules = [
        putRule, describeRule, listRules, enableRule, disableRule, deleteRule,
        listRuleNamesByTarget,
    ]

    private static let named: [MemberShape] = [
        .required("Name", .ruleName), .optional("EventBusName", .eventBus),
    ]

    private static let putRule = EventsOperation(
        "PutRule",
        named + [
            .optional("ScheduleExpression", .string(0...256)),
            .optional("EventPattern", .string(0...4096)),
            .optional(
                "State",
                .oneOf("ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")
            ),
            .optional("Description", .string(0...512)), .optional("RoleArn", .eventARN),
            .optional("Tags", .eventTags),
        ]
    ) { fields, service async throws(ServiceError) in
        var rule = Rule(bus: fields.bus(), name: fields.required("Name"))
        rule.pattern = fields.string("EventPattern").flatMap { $0.isEmpty ? nil : $0 }
        rule.schedule = fields.string("ScheduleExpression").flatMap { $0.isEmpty ? nil : $0 }
        rule.isEnabled = fields.string("State") != "DISABLED"
        rule.description = fields.string("Description")
        rule.roleARN = fields.string("RoleArn")
        rule.tags = fields.eventTags
        try await service.putRule(rule)
        var answer = ResponseFields()
        answer.add("RuleArn", service.settings.arn(rule.resource))
        return answer.finished()
    }

    private static let describeRule = EventsOperation(
        "DescribeRule",
        named,
        isAudited: false
    ) { fields, service async throws(ServiceError) in
        let rule = try await service.rule(fields.required("Name"), of: fields.bus())
        var answer = rule.summary(service)
        answer.add("CreatedBy", service.settings.account)
        return answer.finished()
    }

    private static let listRules = EventsOperation(
        "ListRules",
        [
            .optional("NamePrefix", .ruleName), .optional("EventBusName", .eventBus),
            .optional("NextToken", .eventPageToken), .optional("Limit", .eventPageSize),
        ],
        isAudited: false
    ) { fields, service async throws(ServiceError) in
        let (bus, prefix) = (fields.bus(), fields.string("NamePrefix") ?? "")
        let listing = ["ListRules", bus, prefix]
        let (last, limit) = (try fields.pagePlace(in: listing), fields.eventPageSize)
        let found = try await service.rules(
            of: bus,
            prefix: prefix,
            after: last,
            limit: limit + 1
        )
        let page = fields.page(from: found[...], listing) { $0.name }
        var answer = ResponseFields()
        answer.add("Rules", page.items.map { $0.summary(service) })
        answer.add("NextToken", page.nextToken)
        return answer.finished()
    }

    private static let enableRule = EventsOperation("EnableRule", named) {
        fields,
        service async throws(ServiceError) in
        let name = fields.required("Name")
        try await service.setRule(name, of: fields.bus(), isEnabled: true)
        return empty
    }

    private static let disableRule = EventsOperation("DisableRule", named) {
        fields,
        service async throws(ServiceError) in
        let name = fields.required("Name")
        try await service.setRule(name, of: fields.bus(), isEnabled: false)
        return empty
    }

    private static let deleteRule = EventsOperation(
        "DeleteRule",
        named + [.optional("Force", .boolean)]
    ) { fields, service async throws(ServiceError) in
        try await service.deleteRule(fields.required("Name"), of: fields.bus())
        return empty
    }

    private static let listRuleNamesByTarget = EventsOperation(
        "ListRuleNamesByTarget",
        [
            .required("TargetArn", .eventARN), .optional("EventBusName", .eventBus),
            .optional("NextToken", .eventPageToken), .optional("Limit", .eventPageSize),
        ],
        isAudited: false
    ) { fields, service async throws(ServiceError) in
        let (bus, arn) = (fields.bus(), fields.required("TargetArn"))
        let all = try await service.ruleNames(withTarget: arn, of: bus)
        let page = try fields.page(of: all, "ListRuleNamesByTarget", bus, arn) { $0 }
        var answer = ResponseFields()
        answer.add("RuleNames", .array(page.items.map { .string($0) }))
        answer.add("NextToken", page.nextToken)
        return answer.finished()
    }
}

extension Rule {
    fileprivate func summary(_ service: EventBusService) -> ResponseFields {
        var answer = ResponseFields()
        answer.add("Name", name)
        answer.add("Arn", service.settings.arn(resource))
        answer.add("EventPattern", pattern)
        answer.add("ScheduleExpression", schedule)
        answer.add("State", isEnabled ? "ENABLED" : "DISABLED")
        answer.add("Description", description)
        answer.add("RoleArn", roleARN)
        if isFromFile { answer.add("ManagedBy", "configuration file") }
        answer.add("EventBusName", bus)
        return answer
    }
}
