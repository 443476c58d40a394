package import StepwellEngine
package import StepwellHistory

/// The operations of EventBridge on buses, rules, targets and events.
///
/// What they answer is durable. Names of buses are names: whoever has an ARN takes its name.
package struct EventBusService: Sendable {
    let ledger: TriggerLedger
    let catalog: EventCatalog
    let routing: EventRouting
    let feed: StatusChangeFeed
    let timetable: RuleTimetable
    let clock: any EngineClock
    let entropy: any Entropy
    let outside: (any OutsideTargets)?
    package let settings: TriggerSettings

    /// How many targets a rule may have.
    static let targetLimit = 100

    /// The time.
    package var now: Timestamp { clock.now() }

    // MARK: Buses

    /// Makes a bus.
    ///
    /// - Throws: `ResourceAlreadyExistsException`.
    package func createEventBus(_ new: EventBus) async throws(ServiceError) {
        try await ledger.commit { [catalog] batch throws(ServiceError) in
            guard (try? catalog.bus(new.name)) == nil else {
                throw ServiceError(
                    code: "ResourceAlreadyExistsException",
                    message: "Event bus \(new.name) already exists."
                )
            }
            catalog.put(new, &batch)
        }
    }

    /// Changes a bus; gives it as it is then.
    ///
    /// - Throws: `ResourceNotFoundException`; `ManagedRuleException` when the configuration file
    ///   defines it.
    @discardableResult
    package func updateEventBus(
        _ name: String,
        _ change: @escaping @Sendable (inout EventBus) -> Void
    ) async throws(ServiceError) -> EventBus {
        let now = clock.now()
        return try await ledger.commit { [catalog] batch throws(ServiceError) in
            var bus = try catalog.bus(name)
            guard !bus.isFromFile else { throw .definedByFile("Event bus \(name)") }
            change(&bus)
            bus.modified = now
            catalog.put(bus, &batch)
            return bus
        }
    }

    /// Removes a bus that has no rules; one that is not there is removed already.
    ///
    /// - Throws: `ValidationException` for the default bus and one that has rules.
    package func deleteEventBus(_ name: String) async throws(ServiceError) {
        guard name != EventBus.defaultName else {
            throw .invalidEventRequest("Cannot delete event bus default.")
        }
        try await ledger.commit { [catalog] batch throws(ServiceError) in
            guard let bus = try? catalog.bus(name) else { return }
            guard !bus.isFromFile else { throw .definedByFile("Event bus \(name)") }
            guard !catalog.hasRules(name) else {
                throw .invalidEventRequest("Event bus \(name) can't be deleted since it has rules.")
            }
            catalog.remove(bus: name, &batch)
        }
    }

    /// Every bus, in order of name.
    package func eventBuses() async throws(ServiceError) -> [EventBus] {
        try await ledger.commit { [catalog] _ in catalog.buses }
    }

    /// A bus.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func eventBus(_ name: String) async throws(ServiceError) -> EventBus {
        try await ledger.commit { [catalog] _ throws(ServiceError) in try catalog.bus(name) }
    }

    // MARK: Events

    /// Takes events; says of each its id, or why it was not taken.
    package func putEvents(
        _ entries: [EventEntry]
    ) async throws(ServiceError) -> [Result<String, ServiceError>] {
        let now = clock.now()
        let accepted = entries.map { entry in
            entry.accepted(id: entropy.uuid(), now: now, settings)
        }
        return try await ledger.commit { [catalog, routing] batch in
            zip(entries, accepted).map { entry, accepted in
                accepted.flatMap { event in
                    guard (try? catalog.bus(entry.bus)) != nil else {
                        return .failure(.noEventBus(entry.bus))
                    }
                    routing.route(event, on: entry.bus, &batch)
                    return .success(event.id)
                }
            }
        }
    }

    // MARK: Tags

    /// Changes the tags of a rule or bus.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func changeTags(
        of resource: EventResource,
        _ change: @escaping @Sendable ([TriggerTag]) -> [TriggerTag]
    ) async throws(ServiceError) {
        try await ledger.commit { [catalog] batch throws(ServiceError) in
            switch resource {
            case .bus(let name):
                var bus = try catalog.bus(name)
                bus.tags = change(bus.tags)
                catalog.put(bus, &batch)
            case .rule(let name, let bus):
                var state = try catalog.rule(name, of: bus)
                state.rule.tags = change(state.rule.tags)
                catalog.put(state, &batch)
            }
        }
    }

    /// The tags of a rule or bus.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func tags(of resource: EventResource) async throws(ServiceError) -> [TriggerTag] {
        try await ledger.commit { [catalog] _ throws(ServiceError) in
            switch resource {
            case .bus(let name): try catalog.bus(name).tags
            case .rule(let name, let bus): try catalog.rule(name, of: bus).rule.tags
            }
        }
    }
}
