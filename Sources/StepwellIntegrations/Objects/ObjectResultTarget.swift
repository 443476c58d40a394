package import StepwellEngine

/// Writes the results of Map Runs to objects.
package struct ObjectResultTarget: ResultTarget {
    private let store: any ObjectStore

    package init(_ store: any ObjectStore) {
        self.store = store
    }

    package func put(_ object: ResultObject) async throws(MapRunDataFault) {
        do throws(ObjectFault) {
            try await store.put(
                object.bytes,
                to: ObjectName(bucket: object.bucket, key: object.key)
            )
        } catch {
            throw MapRunDataFault(error.cause)
        }
    }
}
