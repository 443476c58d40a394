import StepwellHistory
import StepwellLanguage

extension ShardCore {
    /// The batch that the newest change of the catalog is in.
    var catalogBatch: UInt64 { catalogHead.batch }

    /// Changes or reads the catalog.
    func changeCatalog(_ command: CatalogCommand, at now: Timestamp) {
        switch command {
        case .read(let query):
            emit(.reply(query(catalog)), after: catalogBatch)
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
            if let change = try decide(catalog, time) {
                apply(change)
                for record in change.records { append(record, at: time) }
            }
            let result = catalog
            emit(
                .reply { failure in reply(failure.map { .failure($0) } ?? .success(result)) },
                after: catalogBatch
            )
        } catch {
            emit(.reply { failure in reply(.failure(failure ?? error)) }, after: catalogBatch)
        }
    }

    private func append(_ record: CatalogRecord, at time: Timestamp) {
        let ordinal = catalogHead.lastOrdinal.advanced(by: 1)
        let (bytes, digest) = CatalogTurn.encode(
            record,
            ordinal: ordinal,
            time: time,
            previous: catalogHead.digest
        )
        catalogHead.lastOrdinal = ordinal
        catalogHead.lastTime = time
        catalogHead.digest = digest
        catalogHead.batch = open.number
        open.append(EncodedTurn(bytes: bytes, head: catalogHead.executionHead))
    }

    private func apply(_ change: CatalogChange) {
        for record in change.records { catalog.apply(record, compiled: change.compiled) }
        activityDirectory.replace(catalog.activityKeys)
    }

    /// Reads the whole catalog from its stream.
    func reloadCatalog() throws(StoreError) {
        let known = catalog
        catalog = Catalog()
        catalogHead = CatalogHead()
        while true {
            let next = catalogHead.lastOrdinal.advanced(by: 1)
            let turns = try store.readTurns(
                of: .catalog,
                ordinals: next...Ordinal(.max),
                byteLimit: 1 << 20
            )
            if turns.isEmpty { return }
            for turn in turns { try follow(turn, known: known) }
        }
    }

    private func follow(_ stored: StoredTurn, known: Catalog) throws(StoreError) {
        let turn = try CatalogTurn.decode(stored.bytes)
        var change = CatalogChange(record: turn.record, compiled: nil)
        if let (text, digest) = turn.record.definition {
            do throws(ServiceError) {
                if let compiled = known.definition(digest)?.compiled {
                    change.compiled = compiled
                } else {
                    change.compiled = try DefinitionCompiler.compile(text)
                }
            } catch {
                throw StoreError(
                    .unusable,
                    "catalog record \(turn.ordinal.rawValue) holds a definition that this "
                        + "version refuses: \(error.message)"
                )
            }
        }
        apply(change)
        catalogHead.lastOrdinal = turn.ordinal
        catalogHead.lastTime = turn.time
        catalogHead.digest = turn.digest
    }
}

extension CatalogRecord {
    /// The definition text that the record brings, and its digest.
    var definition: (text: String, digest: DefinitionDigest)? {
        switch self {
        case .stateMachineCreated(let creation):
            (creation.definition, creation.settings.definition)
        case .stateMachineUpdated(_, let settings, let definition):
            definition.map { ($0, settings.definition) }
        case .stateMachineDeleted, .activityCreated, .activityDeleted, .versionPublished,
            .versionDeleted, .aliasCreated, .aliasUpdated, .aliasDeleted, .resourceTagged,
            .resourceUntagged:
            nil
        }
    }
}
