import StepwellEngine
import StepwellStore
import Testing

/// An implementation of the port that the conformance suite runs on.
struct StoreUnderTest: Sendable, CustomTestStringConvertible {
    let name: String
    /// Opens an empty store; what has to outlive it comes along.
    let make: @Sendable () throws -> (store: any EventStore, keeping: any AnyObject & Sendable)
    /// Closes a store and opens what is durable of it again; nil when there is no such thing.
    let reopen: (@Sendable (any EventStore, any AnyObject & Sendable) throws -> any EventStore)?

    var testDescription: String { name }

    static let all = [lmdb]

    static let lmdb = StoreUnderTest(
        name: "LMDB",
        make: {
            let directory = try TemporaryDirectory()
            return (try LMDBEventStore.open(directory: directory.path), directory)
        },
        reopen: nil
    )
}
