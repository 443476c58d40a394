package import StepwellEngine
import StepwellHistory

extension Scheduler {
    /// Which schedules are listed.
    package struct Filter: Sendable, Hashable {
        package var group: String?
        package var namePrefix = ""
        package var isEnabled: Bool?

        package init(group: String? = nil, namePrefix: String = "", isEnabled: Bool? = nil) {
            self.group = group
            self.namePrefix = namePrefix
            self.isEnabled = isEnabled
        }
    }

    /// A page of a listing.
    package struct Page<Item: Sendable>: Sendable {
        package var items: [Item]
        /// From where the next page goes on; nil when this was the last.
        package var next: [UInt8]?
    }

    /// How many rows a page looks at, whatever it finds.
    private static let mostRows = 20_000

    /// Schedules, by group and name.
    ///
    /// - Throws: `ResourceNotFoundException` for a group that there is not.
    package func list(
        _ filter: Filter,
        from start: [UInt8]?,
        limit: Int
    ) throws(ServiceError) -> Page<Schedule> {
        if let name = filter.group, try group(name) == nil { throw .scheduleGroupNotFound(name) }
        let prefix =
            filter.group.map { TriggerKey.prefix($0) + Array(filter.namePrefix.utf8) } ?? []
        return try page(of: .schedule, prefix: prefix, from: start, limit) { row in
            guard let schedule = Schedule(row: row.value),
                schedule.name.name.utf8.starts(with: filter.namePrefix.utf8),
                schedule.definition.isEnabled == filter.isEnabled ?? schedule.definition.isEnabled
            else { return nil }
            return schedule
        }
    }

    /// Groups, by name.
    package func listGroups(
        namePrefix: String,
        from start: [UInt8]?,
        limit: Int
    ) throws(ServiceError) -> Page<ScheduleGroup> {
        try page(of: .scheduleGroup, prefix: Array(namePrefix.utf8), from: start, limit) {
            ScheduleGroup(row: $0.value)
        }
    }

    private func page<Item>(
        of kind: TriggerKind,
        prefix: [UInt8],
        from start: [UInt8]?,
        _ limit: Int,
        _ item: (TriggerRow) -> Item?
    ) throws(ServiceError) -> Page<Item> {
        var items: [Item] = []
        var from = start ?? prefix
        var looked = 0
        while true {
            let rows = try read { store throws(StoreError) in
                try store.rows(of: kind, from: from, limit: 500)
            }
            for row in rows {
                guard row.key.starts(with: prefix) else { return Page(items: items) }
                if items.count == limit || looked == Self.mostRows {
                    return Page(items: items, next: row.key)
                }
                looked += 1
                if let found = item(row) { items.append(found) }
            }
            guard rows.count == 500, let last = rows.last else { return Page(items: items) }
            from = last.key + [0]
        }
    }
}
