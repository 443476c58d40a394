package import StepwellEngine
package import StepwellJSON

/// What deployments have made, by stack: so that the next one knows what is in the template no
/// more.
package struct DeploymentRecords: Sendable {
    let ledger: TriggerLedger

    /// The triggers that a stack has, as they were recorded.
    ///
    /// - Throws: `ServiceUnavailable` when they cannot be read.
    package func triggers(of stack: String) async throws(ServiceError) -> [JSONValue] {
        try await ledger.commit { batch throws(ServiceError) in
            let value = try batch.value(of: .meta, key: Self.key(of: stack)) ?? []
            return (try? JSONParser.parse(value))?.arrayValue ?? []
        }
    }

    /// Records the triggers that a stack has now.
    ///
    /// - Throws: `ServiceUnavailable` when it could not be made durable.
    package func record(
        _ triggers: [JSONValue],
        of stack: String
    ) async throws(ServiceError) {
        try await ledger.commit { batch in
            let (key, value) = (Self.key(of: stack), JSONWriter.write(.array(triggers)))
            if triggers.isEmpty {
                batch.delete(.meta, key: key)
            } else {
                batch.put(TriggerRow(.meta, key: key, value: value))
            }
        }
    }

    private static func key(of stack: String) -> [UInt8] {
        TriggerKey.names("deployment", stack)
    }
}
