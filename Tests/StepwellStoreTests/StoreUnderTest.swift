import StepwellEngine
import StepwellStore
import StepwellTesting
import Testing

/// An implementation of the port that the conformance suite runs on.
struct StoreUnderTest: Sendable, CustomTestStringConvertible {
    let name: String
    /// Opens an empty store; what has to outlive it comes along.
    let make: @Sendable () throws -> (store: any EventStore, keeping: any AnyObject & Sendable)

    var testDescription: String { name }

    static let all = [lmdb, lmdbWithCheckpoints, simulated]

    static let lmdb = StoreUnderTest(
        name: "LMDB",
        make: {
            let directory = try TemporaryDirectory()
            return (try LMDBEventStore.open(directory: directory.path), directory)
        }
    )

    /// Writes everything down at once, so that runs answer and not the memory.
    static let lmdbWithCheckpoints = StoreUnderTest(
        name: "LMDB with checkpoints",
        make: {
            let directory = try TemporaryDirectory()
            var options = StoreOptions()
            options.checkpointBytes = 1
            let store = try LMDBEventStore.open(directory: directory.path, options: options)
            return (CheckpointingStore(store), directory)
        }
    )

    static let simulated = StoreUnderTest(
        name: "simulated",
        make: { (SimulatedStore(), SimulatedStore()) }
    )
}
