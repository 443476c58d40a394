import StepwellEngine
import StepwellHistory

extension DerivedState {
    /// Answers a question about heads.
    mutating func heads(_ query: HeadQuery) throws(StoreError) -> [ExecutionHead] {
        switch query {
        case .execution(let execution):
            return try entry(execution).map { [$0.head] } ?? []
        case .name(let machine, let name):
            let key = NameKey(stateMachineARN: machine, executionName: name)
            return try newest(named: key).map { [$0.head] } ?? []
        case .listing(let machine, let status, let place, let limit):
            return try listing(machine: machine, status: status, after: place, limit: limit)
        case .due(let time, let limit):
            return try due(upTo: time, limit: limit)
        case .unsettled(let after, let limit):
            return try unsettled(after: after, limit: limit)
        case .newest:
            guard let newest = highest else { return [] }
            return try entry(newest).map { [$0.head] } ?? []
        }
    }

    private var highest: ExecutionNumber? {
        [active.highest, frozen?.highest, manifest.highest].compactMap { $0 }.max()
    }

    private func newest(named name: NameKey) throws(StoreError) -> ExecutionEntry? {
        var numbers = [active.execution(named: name), frozen?.execution(named: name)]
        let prefix = IndexKey.namePrefix(name)
        for run in runs where run.filter.mayContain(prefix) {
            numbers.append(try newest(named: name, prefix, in: run))
        }
        guard let newest = numbers.compactMap({ $0 }).max() else { return nil }
        return try entry(newest)
    }

    /// The newest execution in a run that has the name itself, not just its hash.
    private func newest(
        named name: NameKey,
        _ prefix: [UInt8],
        in run: SortedRun
    ) throws(StoreError) -> ExecutionNumber? {
        var cursor = RunCursor(run: run, journal: journal)
        var next = prefix
        while let row = try cursor.first(from: next), row.key.starts(with: prefix) {
            if let number = IndexKey.execution(in: row.key),
                try entry(number)?.nameKey == name
            {
                return number
            }
            next = row.key + [0]
        }
        return nil
    }

    private mutating func listing(
        machine: String,
        status: ExecutionStatus?,
        after place: ListingPlace?,
        limit: Int
    ) throws(StoreError) -> [ExecutionHead] {
        let hash = IndexKey.hash(machine)
        let prefix = IndexKey.listingPrefix(machine: hash, status: status)
        let start = place.map { place in
            IndexKey.listing(
                machine: hash,
                status: status,
                start: place.startDate,
                execution: place.execution
            ) + [0]
        }
        return try live(from: start ?? prefix, prefix: prefix, limit: limit) { entry, key in
            guard entry.head.stateMachineARN.utf8.elementsEqual(machine.utf8) else { return false }
            return key
                == IndexKey.listing(
                    machine: hash,
                    status: status.map { _ in entry.head.summary.status },
                    start: entry.head.startDate,
                    execution: entry.execution
                )
        }
    }

    private mutating func due(
        upTo time: Timestamp,
        limit: Int
    ) throws(StoreError) -> [ExecutionHead] {
        let prefix = [KeySpace.Index.due.rawValue]
        let end = IndexKey.due(time, ExecutionNumber(.max)) + [0]
        return try live(from: prefix, prefix: prefix, end: end, limit: limit) { entry, key in
            entry.due.map { IndexKey.due($0, entry.execution) == key } ?? false
        }
    }

    private mutating func unsettled(
        after: ExecutionNumber?,
        limit: Int
    ) throws(StoreError) -> [ExecutionHead] {
        let prefix = [KeySpace.Index.unsettled.rawValue]
        let start = after.map { IndexKey.unsettled($0) + [0] }
        return try live(from: start ?? prefix, prefix: prefix, limit: limit) { entry, _ in
            entry.isUnsettled
        }
    }

    /// The heads behind the index keys from `start` that begin with `prefix` and are before `end`,
    /// of entries that still have the key.
    private mutating func live(
        from start: [UInt8],
        prefix: [UInt8],
        end: [UInt8]? = nil,
        limit: Int,
        isLive: (ExecutionEntry, _ key: [UInt8]) -> Bool
    ) throws(StoreError) -> [ExecutionHead] {
        var found: [ExecutionHead] = []
        var next = start
        var cursors = runs.map { RunCursor(run: $0, journal: journal) }
        while found.count < limit, let key = try firstKey(from: next, &cursors),
            key.starts(with: prefix)
        {
            if let end, !key.precedes(end) { break }
            guard let execution = IndexKey.execution(in: key) else {
                throw StoreError(.damaged, "an index key that leads nowhere")
            }
            if let entry = try entry(execution), isLive(entry, key) {
                found.append(entry.head)
            } else {
                active.forget(key)
                frozen?.forget(key)
            }
            next = key + [0]
        }
        return found
    }

    private mutating func firstKey(
        from start: [UInt8],
        _ cursors: inout [RunCursor]
    ) throws(StoreError) -> [UInt8]? {
        var keys = [active.firstKey(from: start), frozen?.firstKey(from: start)]
        for index in cursors.indices { keys.append(try cursors[index].first(from: start)?.key) }
        return keys.compactMap { $0 }.min { $0.precedes($1) }
    }
}
