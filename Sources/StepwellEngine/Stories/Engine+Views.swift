/// What can be seen of executions; read from the log by the pool that is there for it, so that no
/// shard waits.
extension Engine {
    /// What a look at an execution gives.
    ///
    /// - Parameters:
    ///   - arn: The execution's ARN, of a Standard or Express workflow.
    ///   - look: Looks; it is run by a thread of the pool.
    /// - Returns: What `look` gives.
    /// - Throws: `ServiceError`: `ExecutionDoesNotExist`, `InvalidArn`, what `look` throws.
    package func view<Sight: Sendable>(
        ofExecution arn: String,
        _ look: @escaping @Sendable (ExecutionViews) throws -> Sight
    ) async throws -> Sight {
        let name = try ExecutionName(arn: arn, in: .any)
        let catalog = try await readCatalog { $0 }
        return try await reads.read(.page) { [store, stories] in
            let views = ExecutionViews(
                of: try name.head(in: store),
                store: store,
                teller: stories,
                catalog: catalog
            )
            do {
                return try look(views)
            } catch let error as StoreError {
                throw ServiceError.internalFailure("The log cannot be read: \(error.message)")
            }
        }
    }
}
