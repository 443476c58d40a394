import StepwellEngine
import StepwellHistory
import StepwellJSON

/// Puts events on other event buses of this engine.
///
/// Which rules match there is decided when it is committed that the event has arrived, so that it
/// arrives once. An event that another bus has sent is not sent on by a rule to a third one, as on
/// AWS.
struct EventBusTargets: DeliveryPerformer {
    let catalog: EventCatalog
    let routing: EventRouting
    let clock: any EngineClock

    func takes(_ arn: String) -> Bool { EventBusARN(arn) != nil }

    func perform(_ delivery: Delivery) async -> DeliveryOutcome {
        guard let bus = EventBusARN(delivery.target.arn)?.name,
            let text = delivery.target.event,
            case .object(let json)? = try? JSONParser.parse(text, maximumDepth: 1_024)
        else {
            return .refused(.invalidEventRequest("There is no event to be put on a bus."))
        }
        do throws(ServiceError) {
            _ = try catalog.bus(bus)
        } catch {
            return .refused(error)
        }
        var event = AcceptedEvent(json, received: clock.now())
        event.traceHeader = delivery.traceHeader
        event.isForwarded = true
        return .settled { [routing, event] batch in routing.route(event, on: bus, &batch) }
    }
}
