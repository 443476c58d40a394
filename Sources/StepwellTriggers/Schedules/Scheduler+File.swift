package import StepwellEngine
import StepwellHistory

extension Scheduler {
    /// Takes over the schedules that a configuration file defines, all of them or none: those it
    /// defined before and no longer does go, those that it defines as before go on.
    ///
    /// One of the API with the same name becomes the file's.
    ///
    /// - Throws: `ValidationException` for the first definition that is not valid.
    package func apply(_ defined: [String: ScheduleDefinition]) async throws(ServiceError) {
        for (name, definition) in defined.sorted(by: { $0.key < $1.key }) {
            do throws(ServiceError) {
                try rules.check(definition)
            } catch {
                throw .notValid("The schedule \(name): \(error.message)")
            }
        }
        let now = clock.now()
        let rows = try read { store throws(StoreError) in
            try store.allRows(of: .schedule, prefix: TriggerKey.prefix(ScheduleGroup.defaultName))
        }
        let former = rows.compactMap { Schedule(row: $0.value) }.filter(\.isFromFile)
        try await ledger.commit { batch throws(ServiceError) in
            for schedule in former where defined[schedule.name.name] == nil {
                if let there = try self.schedule(schedule.name, &batch) {
                    self.removeDue(there, &batch)
                    batch.delete(.schedule, key: schedule.name.key)
                }
            }
            for (name, definition) in defined.sorted(by: { $0.key < $1.key }) {
                try self.apply(name, definition, at: now, &batch)
            }
        }
    }

    private func apply(
        _ name: String,
        _ definition: ScheduleDefinition,
        at now: Timestamp,
        _ batch: inout TriggerBatch
    ) throws(ServiceError) {
        let name = Schedule.Name(group: ScheduleGroup.defaultName, name: name)
        guard var schedule = try schedule(name, &batch) else {
            let cursor = Self.cursor(of: definition, at: now)
            var schedule = Schedule(name, definition, created: now, cursor: cursor)
            schedule.isFromFile = true
            return try planAnew(&schedule, at: now, &batch)
        }
        if schedule.isFromFile, schedule.definition == definition { return }
        schedule.isFromFile = true
        try change(&schedule, to: definition, at: now, &batch)
    }
}
