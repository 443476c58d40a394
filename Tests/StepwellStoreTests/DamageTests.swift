import StepwellEngine
import StepwellHistory
import StepwellLMDB
import StepwellStore
import Testing

/// Bytes that changed by themselves, and files that end too early: the store says so or answers
/// correctly, and never crashes.
@Suite("Damaged files")
struct DamageTests {
    private static let executions: ClosedRange<UInt64> = 0...130

    private static func options() -> StoreOptions {
        var options = StoreOptions()
        options.checkpointBytes = 60_000
        options.isRelaxed = true
        return options
    }

    /// A store's file, and what the store answered.
    private static func sound(seed: UInt64) throws -> (image: [UInt8], answer: Fingerprint) {
        let directory = try TemporaryDirectory()
        var workload = Workload(seed: seed)
        let store = try LMDBEventStore.open(directory: directory.path, options: options())
        for _ in 0..<40 {
            _ = try store.append(workload.batch(10))
            try store.writeDown()
        }
        let answer = try Fingerprint(of: store, executions: executions)
        return (try directory.readDataFile(), answer)
    }

    /// Opens an image and asks everything: false when the store said that something is wrong.
    private func answers(
        _ image: [UInt8],
        in directory: TemporaryDirectory,
        as expected: Fingerprint
    ) throws -> Bool {
        try directory.install(image)
        do {
            let store = try LMDBEventStore.open(
                directory: directory.path,
                options: Self.options()
            )
            let found = try Fingerprint(of: store, executions: Self.executions)
            #expect(found == expected)
            return true
        } catch let error as StoreError {
            #expect(error.code == .damaged || error.code == .unusable, "\(error)")
            #expect(!error.message.isEmpty)
            return false
        }
    }

    @Test("A byte that changed is noticed or does not matter", arguments: [UInt64(1), 2, 3, 4])
    func flippedBytes(_ seed: UInt64) throws {
        let (image, answer) = try Self.sound(seed: seed)
        let directory = try TemporaryDirectory()
        var random = SeededGenerator(seed: seed)
        var noticed = 0
        for round in 0..<100 {
            var damaged = image
            // A third of the changes hit the meta pages and the first tree pages.
            let place = random.below(round % 3 == 0 ? 40_000 : image.count)
            damaged[place] ^= UInt8(1 + random.below(255))
            if try !answers(damaged, in: directory, as: answer) { noticed += 1 }
        }
        #expect(noticed > 20)
    }

    @Test("Every byte of the meta pages that matters is guarded")
    func metaPages() throws {
        let (image, answer) = try Self.sound(seed: 5)
        let directory = try TemporaryDirectory()
        for page in 0..<2 {
            for offset in 0..<160 {
                var damaged = image
                damaged[page * 4096 + offset] ^= 0x02
                _ = try answers(damaged, in: directory, as: answer)
            }
        }
    }

    @Test("A file that ends too early is noticed or lost nothing", arguments: [UInt64(6), 7])
    func truncation(_ seed: UInt64) throws {
        let (image, answer) = try Self.sound(seed: seed)
        let directory = try TemporaryDirectory()
        var random = SeededGenerator(seed: seed)
        var noticed = 0
        for _ in 0..<60 {
            let cut = Array(image.prefix(1 + random.below(image.count - 1)))
            if try !answers(cut, in: directory, as: answer) { noticed += 1 }
        }
        #expect(noticed > 40)
    }

    @Test("A batch whose bytes were exchanged for another's is noticed")
    func exchangedPages() throws {
        let (image, answer) = try Self.sound(seed: 8)
        let directory = try TemporaryDirectory()
        var random = SeededGenerator(seed: 8)
        for _ in 0..<60 {
            var damaged = image
            let from = (2 + random.below(image.count / 4096 - 2)) * 4096
            let to = (2 + random.below(image.count / 4096 - 2)) * 4096
            damaged.replaceSubrange(to..<to + 4096, with: image[from..<from + 4096])
            _ = try answers(damaged, in: directory, as: answer)
        }
    }
}
