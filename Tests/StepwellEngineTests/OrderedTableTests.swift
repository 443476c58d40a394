import StepwellTesting
import Synchronization
import Testing

@testable import StepwellEngine

@Suite("Ordered tables")
struct OrderedTableTests {
    /// A key that counts how often keys are compared.
    private struct CountedKey: Comparable, Sendable {
        let value: Int
        static let comparisons = Atomic<Int>(0)

        static func < (lhs: CountedKey, rhs: CountedKey) -> Bool {
            comparisons.add(1, ordering: .relaxed)
            return lhs.value < rhs.value
        }
    }

    @Test("holds what a dictionary holds, in order; copies stay as they were", arguments: 1...8)
    func agrees(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var table = OrderedTable<Int, Int>()
        var model: [Int: Int] = [:]
        var copies: [(OrderedTable<Int, Int>, [Int: Int])] = []
        let range = seed % 2 == 0 ? 200 : 20_000
        for step in 0..<6_000 {
            let key = Int.random(in: 0..<range, using: &random)
            // It grows, shrinks and grows again.
            let grows = step < 2_500 || step > 5_000
            if Int.random(in: 0..<10, using: &random) < (grows ? 8 : 1) {
                table.put(step, for: key)
                model[key] = step
            } else {
                // One that is there, as far as there is one.
                let found = table.entries(after: key, limit: 1).first?.key ?? key
                #expect(table.remove(found) == model.removeValue(forKey: found))
            }
            #expect(table[key] == model[key])
            #expect(table.count == model.count)
            if step % 500 == 0 { copies.append((table, model)) }
        }
        for (table, model) in copies + [(table, model)] {
            let sorted = model.sorted { $0.key < $1.key }
            #expect(table.values == sorted.map(\.value))
            let behind = Int.random(in: 0..<range, using: &random)
            let rest = sorted.filter { $0.key > behind }.prefix(7)
            #expect(table.entries(after: behind, limit: 7).map(\.key) == rest.map(\.key))
        }
        for key in table.entries(limit: .max).map(\.key) { table.remove(key) }
        #expect(table.isEmpty && table.values.isEmpty)
    }

    // One after the other: they count in one place.
    @Test(
        "a lookup, a change and a page compare O(log n) keys",
        .serialized,
        arguments: [100, 1_000, 10_000]
    )
    func work(count: Int) {
        var table = OrderedTable<CountedKey, Int>()
        for value in 0..<count { table.put(value, for: CountedKey(value: 7 * value % count)) }
        // Five bits for each level's 32 entries, one more where a search is not even.
        let depth = (count.bitWidth - count.leadingZeroBitCount) + 8
        func compared(_ body: () -> Void) -> Int {
            let before = CountedKey.comparisons.load(ordering: .relaxed)
            body()
            return CountedKey.comparisons.load(ordering: .relaxed) - before
        }
        for value in stride(from: 0, to: count, by: max(1, count / 50)) {
            let key = CountedKey(value: value)
            let copy = table
            #expect(compared { _ = table[key] } <= depth)
            #expect(compared { table.put(1, for: key) } <= depth + 4)
            #expect(compared { table.remove(key) } <= depth)
            #expect(compared { _ = table.entries(after: key, limit: 100) } <= 2 * depth)
            table.put(value, for: key)
            #expect(copy.count == count)
        }
    }
}
