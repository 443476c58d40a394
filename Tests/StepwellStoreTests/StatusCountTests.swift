import StepwellEngine
import StepwellHistory
import Testing

@testable import StepwellStore

/// Numbers of executions by status, from the index alone; that they are right in any order of
/// commits, crashes and drops the simulation compares (`Fingerprint`).
@Suite("Numbers of executions")
struct StatusCountTests {
    @Test("A machine is counted once, and then costs no look at its executions")
    func counts() throws {
        let directory = try TemporaryDirectory()
        var options = StoreOptions()
        options.checkpointBytes = 100_000
        options.isRelaxed = true
        options.worksInBackground = false
        let store = try LMDBEventStore.open(directory: directory.path, options: options)
        var factory = TurnFactory()
        for first in stride(from: UInt64(1), through: 4_000, by: 100) {
            let turns = (first..<first + 100).map { factory.start($0) }
            try store.append(AppendBatch(turns: turns))
            try store.writeDown()
        }
        try store.append(AppendBatch(turns: (1...1_500).map { factory.end($0) }))
        try store.writeDown()
        try store.append(AppendBatch(turns: (1_501...1_600).map { factory.end($0) }))
        #expect(store.statistics.runs > 1)
        var wanted = StatusCounts()
        wanted[.running] = 2_400
        wanted[.succeeded] = 1_600
        let before = store.statistics
        for _ in 0..<100 {
            let counts = try store.statusCounts(of: [TurnFactory.machine, "other"])
            #expect(counts == [wanted, StatusCounts()])
        }
        let after = store.statistics
        #expect(after.looks == before.looks)
        #expect(after.entriesDecoded == before.entriesDecoded)
        try store.append(AppendBatch(turns: [factory.end(1_601)]))
        wanted[.running] -= 1
        wanted[.succeeded] += 1
        #expect(try store.statusCounts(of: [TurnFactory.machine]) == [wanted])
    }
}
