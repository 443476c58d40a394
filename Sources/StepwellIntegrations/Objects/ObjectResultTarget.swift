package import StepwellEngine

/// Writes the results of Map Runs to objects.
package struct ObjectResultTarget: ResultTarget {
    private let store: any ObjectStore
    private let permissions: ObjectPermissions?

    /// Writes to buckets, as far as `permissions` let the roles of executions; without them
    /// everything may be written.
    package init(_ store: any ObjectStore, permissions: ObjectPermissions? = nil) {
        self.store = store
        self.permissions = permissions
    }

    package func put(_ object: ResultObject) async throws(MapRunDataFault) {
        let store = permissions.store(
            self.store,
            roleARN: object.roleARN,
            mapRunARN: object.mapRunARN
        )
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
