package import StepwellEngine
import Synchronization

/// A triggers' store in memory that can fail on purpose and be copied as a crash would leave it.
package final class SimulatedTriggerStore: TriggerStore {
    private struct State: Sendable {
        /// Values by kind and key, in the order of the keys.
        var keys: [[UInt8]] = []
        var values: [[UInt8]: [UInt8]] = [:]
        var commits: [[TriggerChange]] = []
        var faults: [Int: (code: StoreError.Code, isKept: Bool)] = [:]
        var attempts = 0
    }

    private let state = Mutex(State())

    /// An empty store.
    package init() {}

    /// Whether it holds nothing.
    package var isEmpty: Bool { state.withLock { $0.values.isEmpty } }

    /// How many commits succeeded.
    package var commitCount: Int { state.withLock { $0.commits.count } }

    /// Lets the `number`th commit from now (1 is the next) fail; with the code `unknown`, `keeping`
    /// says whether it is there nevertheless.
    package func failCommit(_ number: Int, with code: StoreError.Code, keeping: Bool = false) {
        state.withLock { $0.faults[$0.attempts + number] = (code, keeping) }
    }

    /// The store as a crash would leave it after the first `count` commits (nil: after all).
    package func image(afterCommits count: Int? = nil) -> SimulatedTriggerStore {
        let commits = state.withLock { Array($0.commits.prefix(count ?? .max)) }
        let copy = SimulatedTriggerStore()
        copy.state.withLock { state in
            for changes in commits { Self.keep(changes, in: &state) }
        }
        return copy
    }

    package func value(of kind: TriggerKind, key: [UInt8]) throws(StoreError) -> [UInt8]? {
        state.withLock { $0.values[[kind.rawValue] + key] }
    }

    package func rows(
        of kind: TriggerKind,
        from key: [UInt8],
        limit: Int
    ) throws(StoreError) -> [TriggerRow] {
        state.withLock { state in
            let start = Self.place(of: [kind.rawValue] + key, in: state.keys)
            return state.keys[start...].prefix(limit).prefix { $0[0] == kind.rawValue }
                .map { key in
                    TriggerRow(kind, key: Array(key.dropFirst()), value: state.values[key] ?? [])
                }
        }
    }

    package func commit(_ changes: [TriggerChange]) throws(StoreError) {
        let fault = state.withLock { state -> StoreError.Code? in
            state.attempts += 1
            let fault = state.faults.removeValue(forKey: state.attempts)
            if fault?.isKept ?? true { Self.keep(changes, in: &state) }
            return fault?.code
        }
        if let fault { throw StoreError(fault, "injected: a commit failed") }
    }

    private static func keep(_ changes: [TriggerChange], in state: inout State) {
        state.commits.append(changes)
        for change in changes {
            switch change {
            case .put(let row):
                let key = [row.kind.rawValue] + row.key
                if state.values.updateValue(row.value, forKey: key) == nil {
                    state.keys.insert(key, at: place(of: key, in: state.keys))
                }
            case .delete(let kind, let key):
                let key = [kind.rawValue] + key
                if state.values.removeValue(forKey: key) != nil {
                    state.keys.remove(at: place(of: key, in: state.keys))
                }
            }
        }
    }

    /// Where the first key is that is not before `key`.
    private static func place(of key: [UInt8], in keys: [[UInt8]]) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].lexicographicallyPrecedes(key) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
