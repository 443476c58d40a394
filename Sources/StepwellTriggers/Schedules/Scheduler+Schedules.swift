package import StepwellEngine
import StepwellHistory

extension Scheduler {
    /// Creates a schedule; its ARN.
    ///
    /// - Throws: `ConflictException` when there is one of the name, unless the client token says
    ///   that it is this request's; `ValidationException`; `ResourceNotFoundException` for a group.
    package func create(
        _ name: Schedule.Name,
        _ definition: ScheduleDefinition,
        clientToken: String?
    ) async throws(ServiceError) -> String {
        try rules.check(definition)
        let now = clock.now()
        try checkStart(of: definition, at: now)
        return try await ledger.commit { batch throws(ServiceError) in
            try self.checkGroup(name.group, &batch)
            if let there = try self.schedule(name, &batch) {
                try Self.checkRepetition(of: there, definition, clientToken)
                return self.rules.arn(of: name)
            }
            var schedule = Schedule(
                name,
                definition,
                created: now,
                cursor: Self.cursor(of: definition, at: now)
            )
            schedule.clientToken = clientToken
            try self.planAnew(&schedule, at: now, &batch)
            return self.rules.arn(of: name)
        }
    }

    /// Says all of a schedule anew; its ARN.
    ///
    /// A schedule that goes on by the same expression, zone and start goes on from where it is,
    /// one that is changed or was disabled begins at the time of the request.
    ///
    /// - Throws: `ResourceNotFoundException`, `ValidationException`; `ConflictException` when the
    ///   configuration file defines it.
    package func update(
        _ name: Schedule.Name,
        _ definition: ScheduleDefinition,
        clientToken: String?
    ) async throws(ServiceError) -> String {
        try rules.check(definition)
        let now = clock.now()
        return try await ledger.commit { batch throws(ServiceError) in
            try self.checkGroup(name.group, &batch)
            var schedule = try self.editable(name, &batch)
            if definition.start != schedule.definition.start {
                try self.checkStart(of: definition, at: now)
            }
            schedule.clientToken = clientToken
            try self.change(&schedule, to: definition, at: now, &batch)
            return self.rules.arn(of: name)
        }
    }

    /// Deletes a schedule.
    ///
    /// - Throws: `ResourceNotFoundException`; `ConflictException` when the configuration file
    ///   defines it.
    package func delete(_ name: Schedule.Name) async throws(ServiceError) {
        try await ledger.commit { batch throws(ServiceError) in
            try self.checkGroup(name.group, &batch)
            let schedule = try self.editable(name, &batch)
            self.removeDue(schedule, &batch)
            batch.delete(.schedule, key: name.key)
        }
    }

    /// A schedule.
    ///
    /// - Throws: `ResourceNotFoundException`.
    package func schedule(_ name: Schedule.Name) throws(ServiceError) -> Schedule {
        guard try group(name.group) != nil else { throw .scheduleGroupNotFound(name.group) }
        let value = try read { store throws(StoreError) in
            try store.value(of: .schedule, key: name.key)
        }
        guard let schedule = value.flatMap({ Schedule(row: $0) }) else {
            throw .scheduleNotFound(name.name)
        }
        return schedule
    }

    /// Reads the store.
    ///
    /// - Throws: `ServiceUnavailable` when it cannot be read.
    func read<Value>(
        _ query: (any TriggerStore) throws(StoreError) -> Value
    ) throws(ServiceError) -> Value {
        do throws(StoreError) {
            return try query(store)
        } catch {
            throw .storeUnavailable(error)
        }
    }

    /// Gives a schedule another definition.
    func change(
        _ schedule: inout Schedule,
        to definition: ScheduleDefinition,
        at now: Timestamp,
        _ batch: inout TriggerBatch
    ) throws(ServiceError) {
        let (former, next) = (schedule.definition, schedule.next)
        let due = schedule.dueKey
        schedule.definition = definition
        schedule.modified = now
        let goesOn =
            former.isEnabled && former.expression == definition.expression
            && former.zone == definition.zone && former.start == definition.start
        if goesOn {
            // What is late is still to come, unless that is what was changed.
            let isSame = former.windowMinutes == definition.windowMinutes
            try planAnew(&schedule, at: now, &batch, due: due, keeping: isSame ? next : nil)
        } else {
            if former.expression != definition.expression { schedule.anchor = now }
            schedule.cursor = max(schedule.cursor, Self.cursor(of: definition, at: now))
            try planAnew(&schedule, at: now, &batch, due: due)
        }
    }

    /// Plans what comes next, and writes the schedule; `due` is the key of when it was due before.
    func planAnew(
        _ schedule: inout Schedule,
        at now: Timestamp,
        _ batch: inout TriggerBatch,
        due key: [UInt8]? = nil,
        keeping next: Schedule.Occurrence? = nil
    ) throws(ServiceError) {
        let recurrence = try rules.recurrence(schedule.definition, anchor: schedule.anchor)
        if let key { batch.delete(.scheduleDue, key: key) }
        schedule.plan(by: recurrence, at: now, random: random)
        // What was drawn for the same time stays drawn.
        if let next, schedule.next?.time == next.time { schedule.next = next }
        put(schedule, &batch)
    }

    /// Removes when a schedule is due.
    func removeDue(_ schedule: Schedule, _ batch: inout TriggerBatch) {
        if let key = schedule.dueKey { batch.delete(.scheduleDue, key: key) }
    }

    /// A schedule as the changes of a batch leave it; nil when there is none.
    func schedule(
        _ name: Schedule.Name,
        _ batch: inout TriggerBatch
    ) throws(ServiceError) -> Schedule? {
        try batch.value(of: .schedule, key: name.key).flatMap { Schedule(row: $0) }
    }

    /// A schedule that the API may change.
    private func editable(
        _ name: Schedule.Name,
        _ batch: inout TriggerBatch
    ) throws(ServiceError) -> Schedule {
        guard let schedule = try schedule(name, &batch) else {
            throw .scheduleNotFound(name.name)
        }
        guard !schedule.isFromFile else { throw .ownedByFile("Schedule \(name.name)") }
        return schedule
    }

    /// The time up to which nothing of a new schedule is due: its creation, but that a rate begins
    /// then, and that a time of one day may be of the minute before.
    static func cursor(of definition: ScheduleDefinition, at now: Timestamp) -> Timestamp {
        if definition.expression.hasPrefix("rate(") { return now.advanced(byMilliseconds: -1) }
        let isOnce = definition.expression.hasPrefix("at(")
        return isOnce ? now.advanced(byMilliseconds: -CatchUp.tolerance) : now
    }

    /// EventBridge Scheduler takes no start date that is more than five minutes ago.
    private func checkStart(
        of definition: ScheduleDefinition,
        at now: Timestamp
    ) throws(ServiceError) {
        guard !definition.expression.hasPrefix("at(") else { return }
        if let start = definition.start, start < now.advanced(byMilliseconds: -300_000) {
            throw .notValid("The StartDate you specify cannot be earlier than 5 minutes ago.")
        }
        if let end = definition.end, end <= now {
            throw .notValid("The EndDate you specify cannot be in the past.")
        }
    }

    private static func checkRepetition(
        of schedule: Schedule,
        _ definition: ScheduleDefinition,
        _ token: String?
    ) throws(ServiceError) {
        guard let token, token == schedule.clientToken else {
            throw .scheduleExists(schedule.name.name)
        }
        guard schedule.definition == definition else { throw .tokenUsed(token) }
    }
}
