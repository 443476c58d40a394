import StepwellHistory

extension ShardCore {
    /// The catalog with everything decided so far, durable or not.
    var catalog: Catalog { catalogKeeper.catalog }

    /// Where the catalog's stream ends.
    var catalogHead: CatalogHead { catalogKeeper.head }

    /// The batch that the newest change of the catalog is in.
    var catalogBatch: UInt64 { catalogHead.batch }

    /// Changes or reads the catalog.
    func changeCatalog(_ command: CatalogCommand, at now: Timestamp) {
        switch command {
        case .read(let reply):
            let result = catalog
            emit(
                .reply { failure in reply(failure.map { .failure($0) } ?? .success(result)) },
                after: catalogBatch
            )
        case .change(let decide, let reply):
            if let full = fullStore() {
                reply(.failure(.storeUnavailable(full)))
                return
            }
            change(decide, reply, at: now)
        }
    }

    private func change(
        _ decide: @Sendable (Catalog, Timestamp) throws(ServiceError) -> CatalogChange?,
        _ reply: @escaping @Sendable (Result<Catalog, ServiceError>) -> Void,
        at now: Timestamp
    ) {
        do throws(ServiceError) {
            let time = max(now, catalogHead.lastTime)
            let change = try decide(catalog, time)
            if let change { append(change, at: time) }
            let result = catalog
            let brought = change?.definition?.digest
            emit(
                .reply { failure in
                    if let brought { result.library.settle(brought) }
                    reply(failure.map { .failure($0) } ?? .success(result))
                },
                after: catalogBatch
            )
        } catch {
            emit(.reply { failure in reply(.failure(failure ?? error)) }, after: catalogBatch)
        }
    }

    private func append(_ change: CatalogChange, at time: Timestamp) {
        if let (text, digest) = change.definition {
            catalog.library.hold(text, change.compiled, as: digest)
        }
        for record in change.records {
            open.append(
                catalogKeeper.append(
                    record,
                    at: time,
                    in: open.number,
                    durable: watermark.durable
                )
            )
        }
        activityDirectory.follow(catalog)
        if let row = catalogKeeper.nextSnapshotRow() { open.append(row) }
    }

    /// Reads the catalog at the start.
    func loadCatalog() throws(StoreError) {
        try catalogKeeper.load(from: store)
        activityDirectory.follow(catalog)
    }

    /// Goes back to the durable catalog after a failing commit.
    func revertCatalog() {
        catalogKeeper.revert(to: watermark.durable)
        activityDirectory.follow(catalog)
    }

    /// Follows what the store has of the stream beyond that: a commit whose outcome was unknown may
    /// be there.
    func followCatalog(_ turns: [StoredTurn]) throws(StoreError) {
        guard !turns.isEmpty else { return }
        try catalogKeeper.follow(turns)
        activityDirectory.follow(catalog)
    }
}
