import Logging
import StepwellEngine
import StepwellHistory
import StepwellTesting
import StepwellTriggers
import Synchronization
import Testing

/// The ledger: what was answered is durable, and what failed did not happen.
struct TriggerLedgerTests {
    /// Counts in memory what it has in the store.
    private final class Tally: TriggerComponent {
        let count = Mutex(0)

        func load(from store: any TriggerStore) throws(StoreError) {
            let rows = try store.allRows(of: .rule)
            count.withLock { $0 = rows.count }
        }

        func committed(_ kinds: Set<TriggerKind>) {}

        /// Adds one.
        func add(_ name: String, in ledger: TriggerLedger) async throws -> Int {
            try await ledger.commit { batch in
                batch.put(TriggerRow(.rule, key: TriggerKey.names(name), value: []))
                return self.count.withLock { count in
                    count += 1
                    return count
                }
            }
        }
    }

    @Test
    func commitsAreDurableInOrder() async throws {
        let store = SimulatedTriggerStore()
        let tally = Tally()
        let ledger = try TriggerLedger(
            store: store,
            components: [tally],
            logger: .silent
        )
        ledger.start()
        #expect(try await tally.add("a", in: ledger) == 1)
        #expect(try await tally.add("b", in: ledger) == 2)
        #expect(try store.image().allRows(of: .rule).map(\.key) == [[0x61], [0x62]])
        await ledger.close()
        await #expect(throws: ServiceError.shuttingDown) { try await tally.add("c", in: ledger) }
    }

    @Test(arguments: [(StoreError.Code.failed, false, 1), (.unknown, true, 2)])
    func aFailedCommitIsUndone(code: StoreError.Code, isKept: Bool, count: Int) async throws {
        let store = SimulatedTriggerStore()
        let tally = Tally()
        let ledger = try TriggerLedger(store: store, components: [tally], logger: .silent)
        ledger.start()
        #expect(try await tally.add("a", in: ledger) == 1)
        store.failCommit(1, with: code, keeping: isKept)
        await #expect(throws: ServiceError.self) { try await tally.add("b", in: ledger) }
        #expect(tally.count.withLock { $0 } == count)
        #expect(try await tally.add("c", in: ledger) == count + 1)
        await ledger.close()
    }

    @Test
    func aBatchShowsItsOwnChanges() async throws {
        let ledger = try TriggerLedger(
            store: SimulatedTriggerStore(),
            components: [],
            logger: .silent
        )
        ledger.start()
        let seen = try await ledger.commit { batch throws(ServiceError) in
            batch.put(TriggerRow(.meta, key: [1], value: [7]))
            let put = try batch.value(of: .meta, key: [1])
            batch.delete(.meta, key: [1])
            return [put, try batch.value(of: .meta, key: [1])]
        }
        #expect(seen == [[7], nil])
        await ledger.close()
    }
}

extension Logger {
    /// A logger of what tests provoke.
    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
