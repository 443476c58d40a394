import StepwellEngine
import StepwellHistory
import StepwellStore
import Testing

/// What a loss of power leaves of a real LMDB file: parts, tears and reorderings of the writes
/// between two syncs.
///
/// What was acknowledged has to be there.
@Suite("Loss of power")
struct PowerLossTests {
    /// A store's file after each commit, and what the store answered then.
    private struct Recording {
        var images: [[UInt8]] = []
        var answers: [Fingerprint] = []
        var executions: ClosedRange<UInt64> = 0...0
    }

    private static func options() -> StoreOptions {
        var options = StoreOptions()
        options.checkpointBytes = 60_000
        options.isRelaxed = true
        options.worksInBackground = false
        return options
    }

    private static func record(seed: UInt64, commits: Int) throws -> Recording {
        let directory = try TemporaryDirectory()
        let store = try LMDBEventStore.open(directory: directory.path, options: options())
        var recording = Recording()
        var workload = Workload(seed: seed)
        func note() throws {
            let image = try directory.readDataFile()
            guard image != recording.images.last else { return }
            recording.images.append(image)
            recording.answers.append(try Fingerprint(of: store, executions: 0...80))
        }
        try note()
        for commit in 0..<commits {
            _ = try store.append(workload.batch(8))
            try note()
            if commit % 3 == 2 {
                _ = try store.drop(workload.drop(4))
                try note()
            }
            while try store.maintain().hasMore { try note() }
            try note()
        }
        recording.executions = 0...80
        return recording
    }

    @Test("Every image opens as the commit before it or after it", arguments: [UInt64(1), 2, 3, 4])
    func images(_ seed: UInt64) throws {
        let recording = try Self.record(seed: seed, commits: 30)
        var random = SeededGenerator(seed: seed)
        let directory = try TemporaryDirectory()
        var opened = 0
        for index in 1..<recording.images.count {
            let writes = CommitWrites(
                before: recording.images[index - 1],
                after: recording.images[index]
            )
            var images: [([UInt8], Fingerprint)] = []
            for _ in 0..<5 {
                let count = random.below(writes.dataPages.count + 1)
                let image = writes.prefix(count, sectors: random.below(9))
                images.append((image, recording.answers[index - 1]))
            }
            for _ in 0..<4 {
                images.append((writes.scattered(&random), recording.answers[index - 1]))
            }
            images.append((writes.complete(metaSectors: 0), recording.answers[index - 1]))
            images.append((writes.complete(metaSectors: 1), recording.answers[index]))
            for (image, expected) in images {
                try directory.install(image)
                let store = try LMDBEventStore.open(
                    directory: directory.path,
                    options: Self.options()
                )
                let found = try Fingerprint(of: store, executions: recording.executions)
                #expect(found == expected, "commit \(index)")
                opened += 1
            }
        }
        #expect(opened >= 300)
    }
}
