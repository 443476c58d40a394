import Foundation
import StepwellEngine
import StepwellHistory
import StepwellLMDB
import StepwellStore
import Testing

@Suite("Verification of files")
struct VerificationTests {
    private func fill(_ directory: TemporaryDirectory, commits: Int) throws -> Fingerprint {
        var options = StoreOptions()
        options.checkpointBytes = 40_000
        options.isRelaxed = true
        let store = try LMDBEventStore.open(directory: directory.path, options: options)
        var workload = Workload(seed: 21)
        for _ in 0..<commits {
            _ = try store.append(workload.batch(20))
            try store.writeDown()
        }
        return try Fingerprint(of: store, executions: 0...300)
    }

    @Test("A sound store verifies, with its counts")
    func sound() throws {
        let directory = try TemporaryDirectory()
        let answer = try fill(directory, commits: 40)
        let report = try StoreVerification.verify(directory: directory.path)
        #expect(report.turns == 800)
        #expect(report.executions == answer.heads.count)
        #expect(report.snapshots == answer.snapshots.count)
        #expect(report.runBlocks > 0)
        let again = try StoreVerification.verify(
            directory: directory.path,
            anchor: report.digest
        )
        #expect(again == report)
    }

    @Test("A journal that does not hold the anchor is refused")
    func anchor() throws {
        let first = try TemporaryDirectory()
        _ = try fill(first, commits: 3)
        let report = try StoreVerification.verify(directory: first.path)
        let second = try TemporaryDirectory()
        _ = try fill(second, commits: 3)
        let error = #expect(throws: StoreError.self) {
            try StoreVerification.verify(directory: second.path, anchor: report.digest)
        }
        #expect(error?.code == .damaged)
    }

    @Test("Every byte of a batch is guarded")
    func everyBatchByte() throws {
        let directory = try TemporaryDirectory()
        _ = try fill(directory, commits: 3)
        let image = try directory.readDataFile()
        let batches = try RawScan.batches(inFile: directory.dataFile)
        let batch = try #require(batches.last)
        let start = batch.page * 4096 + 16
        for offset in stride(from: 0, to: 1500, by: 7) {
            var damaged = image
            damaged[start + offset] ^= 0x10
            try directory.install(damaged)
            let error = #expect(throws: StoreError.self) {
                try StoreVerification.verify(directory: directory.path)
            }
            #expect(error?.code == .damaged)
        }
    }

    @Test("The raw scan finds every turn in a file whose trees are lost")
    func rawScan() throws {
        let directory = try TemporaryDirectory()
        _ = try fill(directory, commits: 10)
        var expected: [[UInt8]] = []
        do {
            let store = try LMDBEventStore.open(directory: directory.path)
            _ = try store.scan(from: nil) { turn in
                expected.append(turn.bytes)
                return .proceed
            }
        }
        var image = try directory.readDataFile()
        for byte in 0..<2 * 4096 { image[byte] = 0 }
        try directory.install(image)
        let found = try RawScan.batches(inFile: directory.dataFile)
        #expect(found.flatMap { $0.turns ?? [] } == expected)
        #expect(found.map(\.position) == found.indices.map(UInt64.init))
    }
}
