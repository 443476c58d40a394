import Logging
package import StepwellEngine
import StepwellHistory

extension Scheduler {
    /// Creates a group; its ARN.
    ///
    /// - Throws: `ConflictException` when there is one of the name, unless the client token says
    ///   that it is this request's; `ServiceQuotaExceededException`.
    package func createGroup(
        _ name: String,
        tags: [ResourceTag],
        clientToken: String?
    ) async throws(ServiceError) -> String {
        let now = clock.now()
        return try await ledger.commit { batch throws(ServiceError) in
            if let there = try self.group(name, &batch) {
                guard let clientToken, clientToken == there.clientToken else {
                    throw .scheduleGroupExists(name)
                }
                return self.rules.arn(ofGroup: name)
            }
            let count = try batch.durableRows(of: .scheduleGroup, from: [], limit: Self.mostGroups)
            guard count.count < Self.mostGroups else {
                throw ServiceError(
                    code: "ServiceQuotaExceededException",
                    message:
                        "There are \(Self.mostGroups) schedule groups, the maximum."
                )
            }
            var group = ScheduleGroup(name, created: now)
            group.change(setting: tags, removing: [])
            group.clientToken = clientToken
            batch.put(group.row)
            return self.rules.arn(ofGroup: name)
        }
    }

    /// As many groups as EventBridge Scheduler allows an account.
    private static let mostGroups = 500

    /// Deletes a group: it is marked, then its schedules go, and at last itself.
    ///
    /// - Throws: `ResourceNotFoundException`; `ValidationException` for the default group;
    ///   `ConflictException` when the configuration file defines a schedule of it.
    package func deleteGroup(_ name: String) async throws(ServiceError) {
        guard name != ScheduleGroup.defaultName else {
            throw .notValid("The default schedule group cannot be deleted.")
        }
        let now = clock.now()
        try await ledger.commit { batch throws(ServiceError) in
            guard var group = try self.group(name, &batch) else {
                throw .scheduleGroupNotFound(name)
            }
            group.isDeleting = true
            group.modified = now
            batch.put(group.row)
        }
        Task { await self.purge(name) }
    }

    /// A group; nil when there is none of the name, but for the default group.
    package func group(_ name: String) throws(ServiceError) -> ScheduleGroup? {
        let value = try read { store throws(StoreError) in
            try store.value(of: .scheduleGroup, key: TriggerKey.names(name))
        }
        return value.flatMap { ScheduleGroup(row: $0) } ?? self.default(named: name)
    }

    /// The default group, as it is before it has a row.
    private func `default`(named name: String) -> ScheduleGroup? {
        name == ScheduleGroup.defaultName ? ScheduleGroup(name, created: clock.now()) : nil
    }

    /// Changes the tags of a group.
    ///
    /// - Throws: `ResourceNotFoundException`; `ValidationException` for more than fifty.
    package func tagGroup(
        _ name: String,
        setting tags: [ResourceTag],
        removing keys: [String]
    ) async throws(ServiceError) {
        let now = clock.now()
        try await ledger.commit { batch throws(ServiceError) in
            guard var group = try self.group(name, &batch) else {
                throw .scheduleGroupNotFound(name)
            }
            group.change(setting: tags, removing: keys)
            guard group.tags.count <= 50 else {
                throw .notValid("A schedule group has at most 50 tags.")
            }
            group.modified = now
            batch.put(group.row)
        }
    }

    /// Sees to it that there is a default group, and goes on with what is being deleted.
    func prepareGroups() async throws(ServiceError) {
        let now = clock.now()
        try await ledger.commit { batch throws(ServiceError) in
            let group = ScheduleGroup(ScheduleGroup.defaultName, created: now).row
            if try batch.value(of: group.kind, key: group.key) == nil { batch.put(group) }
        }
        let rows = try read { store throws(StoreError) in try store.allRows(of: .scheduleGroup) }
        for group in rows.compactMap({ ScheduleGroup(row: $0.value) }) where group.isDeleting {
            Task { await purge(group.name) }
        }
    }

    /// Refuses a group that there is not, or that is being deleted.
    func checkGroup(_ name: String, _ batch: inout TriggerBatch) throws(ServiceError) {
        guard let group = try group(name, &batch) else { throw .scheduleGroupNotFound(name) }
        guard !group.isDeleting else { throw .scheduleGroupDeleting(name) }
    }

    private func group(
        _ name: String,
        _ batch: inout TriggerBatch
    ) throws(ServiceError) -> ScheduleGroup? {
        let value = try batch.value(of: .scheduleGroup, key: TriggerKey.names(name))
        return value.flatMap { ScheduleGroup(row: $0) } ?? self.default(named: name)
    }

    /// How many schedules of a group are deleted in one commit.
    private static let share = 500

    /// Deletes the schedules of a group, a share at a time, and then the group.
    private func purge(_ name: String) async {
        do throws(ServiceError) {
            var isThere = true
            while isThere {
                isThere = try await ledger.commit { batch throws(ServiceError) in
                    try self.purge(name, &batch)
                }
            }
        } catch {
            // It is marked: the next start goes on with it.
            logger.error("schedule group \(name) is not deleted yet: \(error)")
        }
    }

    /// Whether there is more to delete.
    private func purge(
        _ name: String,
        _ batch: inout TriggerBatch
    ) throws(ServiceError) -> Bool {
        let prefix = TriggerKey.prefix(name)
        let rows = try batch.durableRows(of: .schedule, from: prefix, limit: Self.share)
            .prefix { $0.key.starts(with: prefix) }
        // A decision before in the same batch may have moved them.
        var newest: [Schedule] = []
        for schedule in rows.compactMap({ Schedule(row: $0.value) }) {
            if let there = try self.schedule(schedule.name, &batch) { newest.append(there) }
        }
        for schedule in newest { removeDue(schedule, &batch) }
        for row in rows { batch.delete(.schedule, key: row.key) }
        if rows.count == Self.share { return true }
        batch.delete(.scheduleGroup, key: TriggerKey.names(name))
        return false
    }
}
