import StepwellHistory

extension Engine {
    /// The executions of a state machine, or of one of its versions or aliases, newest first.
    package func listExecutions(
        _ request: ListExecutionsRequest
    ) async throws -> Page<ExecutionListItem> {
        let arn = try StateMachineARN(request.stateMachineARN)
        let page = try PageRequest(
            maxResults: request.maxResults,
            token: request.nextToken,
            longestToken: 3_096
        )
        let after = try page.place.map { bytes throws(ServiceError) in
            guard let place = QueryCursor(bytes: bytes) else { throw .invalidToken }
            return place
        }
        let isVersioned = try await hasVersions(arn, named: request.stateMachineARN)
        let listing = ExecutionListing(
            query: ListingQuery(stateMachineARN: arn.unqualified, status: request.statusFilter),
            qualifiedARN: arn.qualifier == nil ? nil : request.stateMachineARN,
            limit: page.limit,
            readsStarts: isVersioned,
            after: after
        )
        return try await reads.read(.page) { [store] in
            var listing = listing
            return try listing.page(in: store)
        }
    }

    /// Whether executions of a state machine can have been started through a version.
    ///
    /// Throws `StateMachineDoesNotExist`, and `ResourceNotFound` when the ARN is that of a version
    /// that never was or of an alias that is not.
    private func hasVersions(_ arn: StateMachineARN, named text: String) async throws -> Bool {
        try await readCatalog { catalog throws(ServiceError) in
            guard let machine = catalog.stateMachineEvenDeleted(arn.unqualified) else {
                throw .stateMachineDoesNotExist(text)
            }
            guard machine.type == .standard else { throw .typeNotSupported }
            switch arn.qualifier {
            case .version(let number) where number > machine.lastVersion:
                throw .referenceNotFound
            case .alias(let name) where machine.alias(name) == nil:
                throw .referenceNotFound
            default:
                return machine.lastVersion > 0
            }
        }
    }
}

/// A page of ListExecutions: looks through the index until it is full.
private struct ExecutionListing {
    /// Rows that are looked at for one page (AWS too may answer fewer than asked for), fewer where
    /// what each execution was started with has to be read.
    private var reach: Int { readsStarts ? 2_000 : 20_000 }

    let query: ListingQuery
    /// The version or alias whose executions are listed; nil for all.
    let qualifiedARN: String?
    let limit: Int
    /// Whether executions can have been started through a version or an alias.
    let readsStarts: Bool
    var after: QueryCursor?

    mutating func page(in store: any EventStore) throws(ServiceError) -> Page<ExecutionListItem> {
        let reader = HistoryReader(store: store)
        var items: [ExecutionListItem] = []
        var seen = 0
        var looks = limit
        while seen < reach, items.count < limit {
            let found = try store.answer { [query, after, looks] (store) throws(StoreError) in
                try store.listing(query, after: after, looks: looks)
            }
            guard found.rows.count <= limit - items.count else {
                // A page goes on behind all that was found, so no more may be found than it takes.
                looks = max(1, looks / 2)
                continue
            }
            for head in found.rows {
                let start = readsStarts ? try reader.start(of: head) : nil
                if isListed(start) { items.append(ExecutionListItem(head, start: start)) }
            }
            after = found.next
            guard after != nil else { break }
            seen += looks
            // Where few rows are what is asked for, many are looked at in one go.
            if found.rows.count < looks / 2 || looks == 1 { looks = min(2 * looks, 1_000) }
        }
        return Page(items: items, nextToken: after.map { PageRequest.token($0.bytes) })
    }

    private func isListed(_ start: StartInput?) -> Bool {
        guard let qualifiedARN else { return true }
        return [start?.stateMachineVersionARN, start?.stateMachineAliasARN].contains {
            $0?.utf8.elementsEqual(qualifiedARN.utf8) ?? false
        }
    }
}

extension ExecutionListItem {
    init(_ head: ExecutionHead, start: StartInput?, isExpress: Bool = false) {
        let arn = ExecutionARN(
            stateMachineARN: head.stateMachineARN,
            name: head.executionName,
            isExpress: isExpress
        )
        self.init(
            executionARN: arn.string,
            stateMachineARN: head.stateMachineARN,
            name: head.executionName,
            status: head.summary.status,
            startDate: head.startDate,
            stopDate: head.stopDate,
            stateMachineVersionARN: start?.stateMachineVersionARN,
            stateMachineAliasARN: start?.stateMachineAliasARN,
            redriveCount: head.redriveCount,
            redriveDate: head.redriveDate
        )
    }
}
