package import StepwellEngine
import StepwellJSON

extension EventBusService {
    /// Makes a rule, or changes everything of it but its targets and tags; tags are those of a new
    /// rule.
    ///
    /// - Throws: `ValidationException`, `InvalidEventPatternException`,
    ///   `ResourceNotFoundException` when there is no such bus, `ManagedRuleException`.
    package func putRule(_ new: Rule) async throws(ServiceError) {
        try Self.check(new)
        try await change { [catalog] batch throws(ServiceError) in
            let old = try catalog.knownRule(new.name, of: new.bus)
            if old?.rule.isFromFile ?? false { throw .definedByFile("Rule \(new.name)") }
            var rule = new
            if let old { rule.tags = old.rule.tags }
            var state = RuleState(rule)
            state.targets = old?.targets ?? []
            catalog.put(state, &batch)
        }
    }

    /// Refuses a rule that cannot be.
    static func check(_ rule: Rule) throws(ServiceError) {
        guard rule.pattern != nil || rule.schedule != nil else {
            throw .invalidEventRequest(
                "Parameter(s) EventPattern or ScheduleExpression must be specified."
            )
        }
        if let pattern = rule.pattern {
            do throws(EventPatternError) {
                _ = try EventPattern(parsing: pattern)
            } catch {
                throw .invalidPattern(error)
            }
        }
        guard let schedule = rule.schedule else { return }
        guard rule.bus == EventBus.defaultName else {
            throw .invalidEventRequest(
                "ScheduleExpression is supported only on the default event bus."
            )
        }
        guard (try? ScheduleExpression(schedule, dialect: .rule)) != nil else {
            throw .invalidEventRequest("Parameter ScheduleExpression is not valid.")
        }
    }

    /// Enables or disables a rule.
    ///
    /// - Throws: `ResourceNotFoundException`, `ManagedRuleException`.
    package func setRule(
        _ name: String,
        of bus: String,
        isEnabled: Bool
    ) async throws(ServiceError) {
        try await change { [catalog] batch throws(ServiceError) in
            let old = try catalog.rule(name, of: bus)
            guard !old.rule.isFromFile else { throw .definedByFile("Rule \(name)") }
            var rule = old.rule
            rule.isEnabled = isEnabled
            var state = RuleState(rule)
            state.targets = old.targets
            catalog.put(state, &batch)
        }
    }

    /// Removes a rule that has no targets; one that is not there is removed already.
    ///
    /// - Throws: `ValidationException` when it has targets, `ResourceNotFoundException` when there
    ///   is no such bus, `ManagedRuleException`.
    package func deleteRule(_ name: String, of bus: String) async throws(ServiceError) {
        try await change { [catalog] batch throws(ServiceError) in
            guard let old = try catalog.knownRule(name, of: bus) else { return }
            guard !old.rule.isFromFile else { throw .definedByFile("Rule \(name)") }
            guard old.targets.isEmpty else {
                throw .invalidEventRequest("Rule can't be deleted since it has targets.")
            }
            catalog.remove(old, &batch)
        }
    }

    /// A rule.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func rule(_ name: String, of bus: String) async throws(ServiceError) -> Rule {
        try await ledger.commit { [catalog] _ throws(ServiceError) in
            try catalog.rule(name, of: bus).rule
        }
    }

    /// The rules of a bus, in order of name: those whose names begin with `prefix` and are behind
    /// `last`, at most `limit`.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func rules(
        of bus: String,
        prefix: String,
        after last: String?,
        limit: Int
    ) async throws(ServiceError) -> [Rule] {
        try await ledger.commit { [catalog] _ throws(ServiceError) in
            try catalog.rules(of: bus, prefix: prefix, after: last, limit: limit).map(\.rule)
        }
    }

    /// The names of a bus's rules that have a target with an ARN, in order.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func ruleNames(
        withTarget arn: String,
        of bus: String
    ) async throws(ServiceError) -> [String] {
        try await ledger.commit { [catalog] _ throws(ServiceError) in
            try catalog.rules(of: bus)
                .filter { $0.targets.contains { $0.arn.utf8.elementsEqual(arn.utf8) } }
                .map(\.rule.name)
        }
    }

    // MARK: Targets

    /// Sets targets of a rule; those with the same ids are replaced.
    ///
    /// - Throws: `ValidationException`, `ResourceNotFoundException`, `LimitExceededException`,
    ///   `ManagedRuleException`.
    package func putTargets(
        _ targets: [RuleTarget],
        rule name: String,
        of bus: String
    ) async throws(ServiceError) {
        for target in targets { try check(target) }
        try await change { [catalog] batch throws(ServiceError) in
            var state = try catalog.rule(name, of: bus)
            guard !state.rule.isFromFile else { throw .definedByFile("Rule \(name)") }
            for target in targets { state.put(target) }
            guard state.targets.count <= Self.targetLimit else {
                throw ServiceError(
                    code: "LimitExceededException",
                    message: "The requested resource exceeds the maximum number allowed."
                )
            }
            catalog.put(state, &batch)
        }
    }

    /// Refuses a target that nothing could be delivered to.
    package func check(_ target: RuleTarget) throws(ServiceError) {
        let isOwnBus = EventBusARN(target.arn).map {
            $0.region == settings.region && $0.account == settings.account
        }
        let isKnown =
            StateMachineTargets.isOf(target.arn) || isOwnBus ?? false
            || outside?.takes(target.arn) ?? false
        guard isKnown else { throw .unsupportedTarget(target.arn) }
        try Self.checkInput(of: target)
    }

    /// Refuses an input that could never be made.
    static func checkInput(of target: RuleTarget) throws(ServiceError) {
        switch target.input {
        case .event: return
        case .constant(let text):
            guard (try? JSONParser.parse(Array(text.utf8))) != nil else {
                throw .invalidEventRequest(
                    "Parameter Input for target \(target.id) is not valid: JSON syntax error in "
                        + "input for target \(target.id)."
                )
            }
        case .path(let path):
            guard let problem = EventPath.problem(of: path) else { return }
            throw .invalidEventRequest(
                "InputPath for target \(target.id) is not valid: \(problem)."
            )
        case .template(let template):
            guard let problem = template.problem(of: target.id) else { return }
            throw .invalidEventRequest(problem)
        }
    }

    /// Removes targets of a rule; gives the ids that it had none of.
    ///
    /// - Throws: `ResourceNotFoundException`, `ManagedRuleException`.
    package func removeTargets(
        _ ids: [String],
        rule name: String,
        of bus: String
    ) async throws(ServiceError) -> [String] {
        try await change { [catalog] batch throws(ServiceError) in
            var state = try catalog.rule(name, of: bus)
            guard !state.rule.isFromFile else { throw .definedByFile("Rule \(name)") }
            let missing = ids.filter { !state.remove($0) }
            catalog.put(state, &batch)
            return missing
        }
    }

    /// The targets of a rule, in order of id.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func targets(
        of name: String,
        on bus: String
    ) async throws(ServiceError) -> [RuleTarget] {
        try await ledger.commit { [catalog] _ throws(ServiceError) in
            try catalog.rule(name, of: bus).targets
        }
    }

    /// Has rules changed, and what follows from that: which changes of status are followed, when
    /// rules are due.
    func change<Value: Sendable>(
        _ decide: @escaping @Sendable (inout TriggerBatch) throws(ServiceError) -> Value
    ) async throws(ServiceError) -> Value {
        let value = try await ledger.commit { [feed, timetable] batch throws(ServiceError) in
            // What cannot follow makes the change impossible: it is looked at before.
            let end = try feed.end()
            let value = try decide(&batch)
            feed.adjust(from: end, &batch)
            timetable.adjust(&batch)
            return value
        }
        return value
    }
}
