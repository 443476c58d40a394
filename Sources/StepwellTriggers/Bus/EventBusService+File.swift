package import StepwellEngine
import StepwellHistory

extension EventBusService {
    /// A rule with its targets, as a configuration file defines it.
    package struct DefinedRule: Sendable, Hashable {
        package let rule: Rule
        package let targets: [RuleTarget]

        package init(_ rule: Rule, targets: [RuleTarget]) {
            self.rule = rule
            self.targets = targets
        }
    }

    /// What is wrong with a rule of a configuration file.
    ///
    /// - Throws: `ValidationException`, `InvalidEventPatternException`.
    package static func check(_ defined: DefinedRule) throws(ServiceError) {
        try check(defined.rule)
        for target in defined.targets {
            let isKnown =
                StateMachineTargets.isOf(target.arn) || EventBusARN(target.arn) != nil
            guard isKnown || Self.isQueue(target.arn) else {
                throw .unsupportedTarget(target.arn)
            }
            try checkInput(of: target)
        }
    }

    private static func isQueue(_ arn: String) -> Bool {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0] == "arn" && parts[2] == "sqs"
    }

    /// Has the buses and rules of a configuration file be what it says: those that are there are
    /// replaced, those that a file has defined before and that are not in it go.
    ///
    /// - Throws: `ServiceUnavailable` when it could not be made durable.
    package func define(
        buses: [EventBus],
        rules: [DefinedRule]
    ) async throws(ServiceError) {
        let now = clock.now()
        try await change { [catalog] batch in
            for bus in buses {
                var bus = bus
                bus.isFromFile = true
                if let old = try? catalog.bus(bus.name) {
                    bus.created = old.created
                    bus.tags = old.tags
                    bus.modified = old.description == bus.description ? old.modified : now
                }
                if (try? catalog.bus(bus.name)) != bus { catalog.put(bus, &batch) }
            }
            for defined in rules where (try? catalog.bus(defined.rule.bus)) != nil {
                var rule = defined.rule
                rule.isFromFile = true
                if let old = try? catalog.rule(rule.name, of: rule.bus) {
                    rule.tags = old.rule.tags
                }
                var state = RuleState(rule)
                for target in defined.targets { state.put(target) }
                catalog.put(state, &batch)
            }
            let names = Set(rules.map { TriggerKey.names($0.rule.bus, $0.rule.name) })
            for bus in catalog.buses {
                let known = (try? catalog.rules(of: bus.name)) ?? []
                let left = known.filter { state in
                    state.rule.isFromFile
                        && !names.contains(TriggerKey.names(bus.name, state.rule.name))
                }
                for state in left { catalog.remove(state, &batch) }
                let isGone = bus.isFromFile && !buses.contains { $0.name == bus.name }
                guard isGone, left.count == known.count else { continue }
                catalog.remove(bus: bus.name, &batch)
            }
        }
    }
}
