import StepwellEngine
import StepwellStore
import StepwellTesting
import Testing

/// The port of the triggers' store, on LMDB and simulated.
struct TriggerStoreTests {
    private func check(_ store: any TriggerStore) throws {
        try store.commit([
            .put(TriggerRow(.rule, key: [2], value: [20])),
            .put(TriggerRow(.rule, key: [1], value: [10])),
            .put(TriggerRow(.rule, key: [1, 0], value: [11])),
            .put(TriggerRow(.target, key: [1], value: [99])),
            .put(TriggerRow(.eventBus, key: [9], value: [])),
        ])
        #expect(try store.value(of: .rule, key: [1]) == [10])
        #expect(try store.value(of: .rule, key: [3]) == nil)
        #expect(try store.allRows(of: .rule).map(\.key) == [[1], [1, 0], [2]])
        #expect(try store.allRows(of: .rule, prefix: [1]).map(\.value) == [[10], [11]])
        #expect(try store.rows(of: .rule, from: [1, 0], limit: 1).map(\.value) == [[11]])
        try store.commit([
            .delete(.rule, key: [1]), .delete(.rule, key: [7]),
            .put(TriggerRow(.rule, key: [2], value: [21])),
        ])
        #expect(try store.allRows(of: .rule).map(\.value) == [[11], [21]])
        #expect(try store.allRows(of: .target).map(\.value) == [[99]])
        let many = (0..<2_500).map { number in
            TriggerRow(.delivery, key: [UInt8(number / 256), UInt8(number % 256)], value: [])
        }
        try store.commit(many.map { .put($0) })
        #expect(try store.allRows(of: .delivery) == many)
    }

    @Test
    func rowsOfTheSimulatedStore() throws {
        try check(SimulatedTriggerStore())
    }

    @Test
    func rowsOfTheStoreOnDisk() throws {
        let directory = try TemporaryDirectory()
        #expect(!LMDBTriggerStore.exists(in: directory.path))
        do {
            let store = try LMDBTriggerStore(directory: directory.path)
            #expect(try store.allRows(of: .rule).isEmpty)
            #expect(!LMDBTriggerStore.exists(in: directory.path))
            try check(store)
        }
        let again = try LMDBTriggerStore(directory: directory.path)
        #expect(try again.allRows(of: .rule).map(\.value) == [[11], [21]])
        #expect(LMDBTriggerStore.exists(in: directory.path))
    }

    @Test
    func aNewerFormIsRefused() throws {
        let directory = try TemporaryDirectory()
        do {
            let store = try LMDBTriggerStore(directory: directory.path)
            let row = TriggerRow(.meta, key: Array("format".utf8), value: Array("2".utf8))
            try store.commit([.put(row)])
        }
        #expect(throws: StoreError.self) { try LMDBTriggerStore(directory: directory.path) }
    }
}
