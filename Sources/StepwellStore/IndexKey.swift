import Crypto
import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// The keys under which an execution's entry is found; they follow from the entry alone.
///
/// A key in memory or in a run is a hint: it counts when the newest entry of its execution still
/// has it. So nothing is ever taken back, and an entry that changes leaves its old keys to the next
/// merge.
enum IndexKey {
    private static let hashSize = 16

    /// 16 bytes that stand for a state machine.
    static func hash(_ parts: String...) -> [UInt8] {
        var hash = SHA256()
        for part in parts {
            hash.update(data: Array(part.utf8))
            hash.update(data: [0])
        }
        return Array(Array(hash.finalize()).prefix(hashSize))
    }

    static func entry(_ execution: ExecutionNumber) -> [UInt8] {
        var key = KeyEncoding(tag: KeySpace.Index.entry.rawValue)
        key.append(execution.rawValue)
        return key.bytes
    }

    /// All keys of this name, newest execution first, begin with it.
    static func namePrefix(_ name: NameKey) -> [UInt8] {
        var key = KeyEncoding(tag: KeySpace.Index.name.rawValue)
        key.append(fixed: hash(name.stateMachineARN, name.executionName))
        return key.bytes
    }

    static func name(_ name: NameKey, _ execution: ExecutionNumber) -> [UInt8] {
        var key = KeyEncoding(tag: KeySpace.Index.name.rawValue)
        key.append(fixed: hash(name.stateMachineARN, name.executionName))
        key.append(descending: execution.rawValue)
        return key.bytes
    }

    /// All keys of this machine's listing begin with it.
    static func listingPrefix(machine: [UInt8], status: ExecutionStatus?) -> [UInt8] {
        guard let status else {
            return [KeySpace.Index.listing.rawValue] + machine
        }
        return [KeySpace.Index.listingByStatus.rawValue, code(of: status)] + machine
    }

    static func listing(
        machine: [UInt8],
        status: ExecutionStatus?,
        start: Timestamp,
        execution: ExecutionNumber
    ) -> [UInt8] {
        var key = KeyEncoding()
        key.append(fixed: listingPrefix(machine: machine, status: status))
        key.append(descending: start.milliseconds)
        key.append(descending: execution.rawValue)
        return key.bytes
    }

    static func due(_ due: Timestamp, _ execution: ExecutionNumber) -> [UInt8] {
        var key = KeyEncoding(tag: KeySpace.Index.due.rawValue)
        key.append(due.milliseconds)
        key.append(execution.rawValue)
        return key.bytes
    }

    static func unsettled(_ execution: ExecutionNumber) -> [UInt8] {
        var key = KeyEncoding(tag: KeySpace.Index.unsettled.rawValue)
        key.append(execution.rawValue)
        return key.bytes
    }

    /// The execution that an index key leads to; nil when it is no key of an index.
    static func execution(in key: [UInt8]) -> ExecutionNumber? {
        guard let tag = key.first, let index = KeySpace.Index(rawValue: tag),
            let number = KeyEncoding.unsigned(in: key, at: key.count - 8)
        else { return nil }
        switch index {
        case .entry, .due, .unsettled: return ExecutionNumber(number)
        case .name, .listing, .listingByStatus: return ExecutionNumber(~number)
        }
    }

    /// The place that a key of an ordered index stands for.
    static func place(of key: [UInt8]) -> QueryCursor? {
        guard let execution = execution(in: key), let tag = key.first,
            let index = KeySpace.Index(rawValue: tag)
        else { return nil }
        switch index {
        case .entry, .unsettled: return QueryCursor(execution: execution)
        case .name: return nil
        case .due, .listing, .listingByStatus:
            guard let bits = KeyEncoding.unsigned(in: key, at: key.count - 16) else { return nil }
            let time = Int64(bitPattern: (index == .due ? bits : ~bits) ^ 1 << 63)
            return QueryCursor(time: Timestamp(milliseconds: time), execution: execution)
        }
    }

    /// The codes of statuses in keys; append only.
    static func code(of status: ExecutionStatus) -> UInt8 {
        switch status {
        case .running: 0
        case .succeeded: 1
        case .failed: 2
        case .timedOut: 3
        case .aborted: 4
        }
    }
}

extension ExecutionEntry {
    /// The entry's name; the catalog stream has none.
    var nameKey: NameKey {
        NameKey(stateMachineARN: head.stateMachineARN, executionName: head.executionName)
    }

    /// The keys of the entry in the ordered indexes, that is without its name's.
    func orderedKeys(machine: [UInt8]) -> [[UInt8]] {
        guard execution != .catalog else { return [] }
        let start = head.startDate
        var keys = [
            IndexKey.listing(machine: machine, status: nil, start: start, execution: execution),
            IndexKey.listing(
                machine: machine,
                status: head.summary.status,
                start: start,
                execution: execution
            ),
        ]
        if let due { keys.append(IndexKey.due(due, execution)) }
        if isUnsettled { keys.append(IndexKey.unsettled(execution)) }
        return keys
    }
}
