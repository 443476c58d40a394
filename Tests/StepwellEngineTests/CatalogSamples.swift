import StepwellHistory
import StepwellTesting

@testable import StepwellEngine

/// Catalogs and records for tests.
enum CatalogSamples {
    /// A catalog of nothing.
    static var empty: Catalog {
        Catalog(library: DefinitionLibrary(store: SimulatedStore(), byteLimit: 1 << 20))
    }

    /// What a catalog holds, as bytes.
    static func content(_ catalog: Catalog) -> [UInt8] {
        var walk = CatalogWalk(catalog)
        var writer = ByteWriter()
        while let item = walk.next() { item.write(into: &writer) }
        return writer.bytes
    }

    /// The record of a new state machine with any text for a definition, accepted or not.
    static func creation(
        _ arn: String,
        type: StateMachineType = .standard,
        _ text: String
    ) -> CatalogRecord {
        let settings = StateMachineSettings(
            definition: DefinitionDigest(of: text),
            roleARN: "arn:aws:iam::000000000000:role/r",
            loggingConfiguration: LoggingConfiguration(),
            tracingEnabled: false,
            revisionID: nil,
            date: Timestamp(milliseconds: 1)
        )
        let name = arn.split(separator: ":").last.map { String($0) }
        return .stateMachineCreated(
            StateMachineCreation(
                arn: arn,
                name: name ?? "",
                type: type,
                tags: [],
                settings: settings,
                definition: text
            )
        )
    }
}
