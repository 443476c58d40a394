import StepwellEngine
public import StepwellJSON
import StepwellTriggers

extension WorkflowEngine {
    /// Has executions of a state machine started for events of the default bus.
    ///
    /// They are those that are sent by ``putEvent(source:detailType:detail:)``, and the changes of
    /// executions' status (`{"source": ["aws.states"]}`). Of a rule that is there, pattern and
    /// target are replaced.
    ///
    /// - Parameters:
    ///   - name: The rule's name.
    ///   - pattern: An event pattern of EventBridge.
    ///   - stateMachine: The name of the state machine that is started, or the ARN of it, a version
    ///     or an alias. It is given the event.
    /// - Throws: ``StepwellError`` `InvalidEventPatternException`, `ValidationException`;
    ///   `ManagedRuleException` when a configuration file of the server defines the rule.
    public func putRule(
        _ name: String,
        matching pattern: JSONValue,
        starts stateMachine: String
    ) async throws {
        let events = try triggers().events
        var rule = Rule(bus: EventBus.defaultName, name: name)
        rule.pattern = JSONWriter.string(pattern)
        rule.roleARN = defaultRole
        var target = RuleTarget(id: "stateMachine", arn: stateMachineARN(stateMachine))
        target.roleARN = defaultRole
        try events.check(target)
        try await events.putRule(rule)
        try await events.putTargets([target], rule: name, of: EventBus.defaultName)
    }

    /// Deletes a rule with its targets; one that is not there is deleted already.
    public func deleteRule(_ name: String) async throws {
        let events = try triggers().events
        let bus = EventBus.defaultName
        guard let targets = try await targets(of: name, on: bus, events) else { return }
        _ = try await events.removeTargets(targets.map(\.id), rule: name, of: bus)
        try await events.deleteRule(name, of: bus)
    }

    /// The targets of a rule; nil when there is no such rule.
    private func targets(
        of name: String,
        on bus: String,
        _ events: EventBusService
    ) async throws -> [RuleTarget]? {
        do {
            return try await events.targets(of: name, on: bus)
        } catch {
            guard error.code == .triggerNotFound else { throw error }
            return nil
        }
    }

    /// Sends an event to the default bus; it is durable, with what it starts, when this returns.
    ///
    /// - Parameters:
    ///   - source: Who sends it ("shop"); not one that begins with `aws.`.
    ///   - detailType: What happened ("Order placed").
    ///   - detail: What is to be known of it; a JSON object.
    /// - Returns: The event's id.
    /// - Throws: ``StepwellError`` `InvalidArgument`, `MalformedDetail`, `NotAuthorizedForSource`.
    @discardableResult
    public func putEvent(
        source: String,
        detailType: String,
        detail: some Encodable & Sendable
    ) async throws -> String {
        var entry = EventEntry()
        entry.source = source
        entry.detailType = detailType
        entry.detail = JSONWriter.string(try coding.encode(detail))
        let answers = try await triggers().events.putEvents([entry])
        guard let answer = answers.first else { throw StepwellError.shuttingDown }
        return try answer.get()
    }
}
