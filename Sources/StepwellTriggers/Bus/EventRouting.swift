import StepwellEngine
import StepwellHistory
import StepwellJSON

/// Makes deliveries of events: of each that a rule matches, one for each of its targets.
struct EventRouting: Sendable {
    let catalog: EventCatalog
    let settings: TriggerSettings
    let loops: LoopNotices

    /// Puts what follows from an event on a bus into the outbox.
    ///
    /// The deliveries' ids follow from the event's id, so that an event that comes again, since it
    /// is not known whether it was taken, has nothing delivered twice. A rule starts nothing
    /// because of executions that it has started itself, which would go on for ever.
    func route(_ event: AcceptedEvent, on bus: String, _ batch: inout TriggerBatch) {
        let matches = catalog.matches(event, on: bus)
        TriggerMetrics.shared.received(event, matches: matches.count)
        let queue = matches.isEmpty ? nil : (try? catalog.bus(bus))?.deadLetterARN
        for state in matches {
            let isLoop = event.lineage.map { !$0.admits(state.rule) } ?? false
            if isLoop, state.targets.contains(where: { StateMachineTargets.isOf($0.arn) }) {
                loops.cut(settings.arn(state.rule.resource))
            }
            for target in state.targets
            where !(event.isForwarded && EventBusARN(target.arn) != nil)
                && !(isLoop && StateMachineTargets.isOf(target.arn))
            {
                var delivery = delivery(of: event, to: target, of: state.rule)
                delivery.deadLetterARN = delivery.deadLetterARN ?? queue
                batch.deliver(delivery)
            }
        }
    }

    /// What a rule that is due by the clock has delivered.
    func route(due event: AcceptedEvent, of state: RuleState, _ batch: inout TriggerBatch) {
        for target in state.targets {
            batch.deliver(delivery(of: event, to: target, of: state.rule))
        }
    }

    private func delivery(
        of event: AcceptedEvent,
        to target: RuleTarget,
        of rule: Rule
    ) -> Delivery {
        let arn = settings.arn(rule.resource)
        let occasion = TargetOccasion(
            ruleARN: arn,
            ruleName: rule.name,
            ingestionTime: event.received.rfc3339Seconds
        )
        let isBus = EventBusARN(target.arn) != nil
        var delivery = Delivery(
            id: DeliveryID.make(occurrence: event.id, target: [rule.bus, rule.name, target.id]),
            target: DeliveryTarget(arn: target.arn, roleARN: target.roleARN),
            // A path that leads nowhere gives what JSON has for that.
            input: target.input.text(of: event.json, in: occasion) ?? Array("null".utf8),
            cause: arn,
            time: event.received
        )
        if isBus { delivery.target.event = JSONWriter.write(.object(event.json)) }
        delivery.retryPolicy = target.retryPolicy
        delivery.deadLetterARN = target.deadLetterARN
        delivery.traceHeader = event.traceHeader
        if let lineage = event.lineage, StateMachineTargets.isOf(target.arn) {
            delivery.traceHeader = lineage.header(adding: rule, of: event)
        }
        return delivery
    }
}
