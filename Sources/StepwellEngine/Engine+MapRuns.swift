package import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// Map Runs: what ran, or runs, for the distributed Map states of an execution.
extension Engine {
    /// What is known of a Map Run; while it runs, how far it is.
    package func describeMapRun(arn: String) async throws -> DescribeMapRunResponse {
        let (run, owner) = try await mapRun(arn)
        let lost = try await lostChildren.indexes(of: run, at: clock.now())
        return DescribeMapRunResponse(
            mapRunARN: run.arn,
            executionARN: owner.executionARN,
            status: MapRunStatus(run.status),
            startDate: run.startDate,
            stopDate: run.stopDate,
            maxConcurrency: run.maxConcurrency,
            toleratedFailurePercentage: run.toleratedFailurePercentage ?? 0,
            toleratedFailureCount: run.toleratedFailureCount ?? 0,
            itemCounts: MapRunCounts(itemsOf: run, failuresNotRedrivable: lost),
            executionCounts: MapRunCounts(executionsOf: run, failuresNotRedrivable: lost),
            redriveCount: run.redriveCount,
            redriveDate: run.redriveDate
        )
    }

    /// The Map Runs of an execution, the newest first.
    package func listMapRuns(
        executionARN: String,
        maxResults: Int,
        nextToken: String?
    ) async throws -> Page<MapRunListItem> {
        let page = try PageRequest(maxResults: maxResults, token: nextToken, longestToken: 1_024)
        let head = try await head(ofExecution: executionARN)
        let runs = try await see(head.execution) { $0.mapRuns.map(\.outline) } ?? []
        // The places are those among all of them, which never change.
        return try page.page(ofPlacesBelow: runs.count) { place in
            let run = runs[place]
            guard run.hasStarted else { return nil }
            return MapRunListItem(
                executionARN: executionARN,
                mapRunARN: run.arn,
                stateMachineARN: head.stateMachineARN,
                startDate: run.startDate,
                stopDate: run.stopDate
            )
        }
    }

    /// Changes how many children of a running Map Run may run at once, and how many may fail.
    ///
    /// Throws `ValidationException` when the run is over.
    package func updateMapRun(arn: String, _ update: MapRunUpdate) async throws {
        let (_, owner) = try await mapRun(arn)
        let answer = await Self.send(
            .mapRunUpdated(mapRun: owner.place, update),
            to: owner.execution,
            secret: nil,
            via: shard.mailbox
        )
        switch answer {
        case .accepted: return
        case .refused:
            throw ServiceError.validation("The Map Run '\(arn)' is not running.")
        case .unknown: throw ServiceError.mapRunDoesNotExist(arn)
        case .failed(let error): throw error
        }
    }

    /// The child executions of a Map Run, the newest first.
    package func listChildExecutions(
        mapRunARN: String,
        isRedriven: Bool? = nil,
        statusFilter: ExecutionStatus?,
        isPendingRedrive: Bool = false,
        maxResults: Int,
        nextToken: String?
    ) async throws -> Page<ExecutionListItem> {
        let page = try PageRequest(maxResults: maxResults, token: nextToken, longestToken: 3_096)
        let (run, _) = try await mapRun(mapRunARN)
        let filter = ChildFilter(
            isRedriven: isRedriven,
            status: statusFilter,
            isPendingRedrive: isPendingRedrive
        )
        return try await reads.read(.page) { [store] in
            // A run that was never redriven has redriven no child: there is nothing to be read.
            if isRedriven == true, run.redriveCount == 0 { return Page(items: [], nextToken: nil) }
            return try page.page(
                ofPlacesBelow: run.children.count,
                looks: isRedriven == nil ? PageRequest.looks : PageRequest.looksWithRead
            ) { index in
                let isPending = run.isPendingRedrive(index)
                guard filter.admits(run.children[index], isPending: isPending),
                    let head = try store.head(ofChild: index, in: run),
                    filter.admits(head)
                else { return nil }
                let isExpress = run.executionType == .express
                var item = ExecutionListItem(head, start: nil, isExpress: isExpress)
                // The run may have heard of the end before the index has.
                item.status = run.children[index]
                item.isPendingRedrive = isPending
                item.mapRunARN = run.arn
                return item
            }
        }
    }

    /// Whether a child's Map Run has been redriven and will redrive the child.
    func isPendingRedrive(_ child: ExecutionRecord) async throws -> Bool {
        let status = child.head.summary.status
        guard let membership = child.start.mapRun, status != .running, status != .succeeded
        else { return false }
        let (run, _) = try await mapRun(membership.mapRunARN)
        let index = membership.child.index
        return run.isPendingRedrive(index)
            && run.childName(index).utf8.elementsEqual(child.head.executionName.utf8)
    }

    /// The Map Run with an ARN, without its payloads, and whose it is.
    private func mapRun(
        _ text: String
    ) async throws -> (run: MapRun, owner: MapRunOwner) {
        let arn = try ResourceARN(text, expecting: .mapRun, atLeast: 2)
        guard let number = MapRunID.execution(ofUUID: arn.names[1]),
            let found = try await see(number, { MapRunOwner.look(for: text, in: $0) }) ?? nil
        else { throw ServiceError.mapRunDoesNotExist(text) }
        return found
    }

    /// What a look at the state of an execution, as of its newest durable turn or a later one,
    /// shows; nil when there is no such execution.
    ///
    /// The turn thread looks: see `StateCommand`.
    func see<Sight: Sendable>(
        _ execution: ExecutionNumber,
        _ view: @escaping @Sendable (ExecutionState) -> Sight
    ) async throws -> Sight? {
        try await withCheckedThrowingContinuation { continuation in
            let command = StateCommand(execution: execution, seeing: view) { result in
                continuation.resume(with: result.mapError { $0 as any Error })
            }
            Self.send(.state(command), via: shard.mailbox)
        }
    }
}

/// The execution that a Map Run belongs to.
private struct MapRunOwner: Sendable {
    let execution: ExecutionNumber
    let executionARN: String
    /// The run's place among those of the execution.
    let place: Int

    /// The run with an ARN, if the execution has it.
    static func look(
        for arn: String,
        in state: ExecutionState
    ) -> (run: MapRun, owner: MapRunOwner)? {
        let place = state.mapRuns.firstIndex {
            $0.hasStarted && $0.arn.utf8.elementsEqual(arn.utf8)
        }
        guard let place else { return nil }
        let owner = MapRunOwner(
            execution: state.execution,
            executionARN: state.start?.executionARN ?? "",
            place: place
        )
        return (state.mapRuns[place].outline, owner)
    }
}

extension MapRun {
    /// Whether `MapRunStarted` is recorded.
    fileprivate var hasStarted: Bool { startedEventID != 0 }
}

/// Which children of a Map Run are listed.
private struct ChildFilter: Sendable {
    /// Whether it was redriven; nil for both.
    let isRedriven: Bool?
    let status: ExecutionStatus?
    /// Whether those are listed that the run will redrive.
    let isPendingRedrive: Bool

    func admits(_ found: ExecutionStatus?, isPending: Bool) -> Bool {
        if isPendingRedrive || status != nil, isPending != isPendingRedrive { return false }
        return status == nil || status == found
    }

    func admits(_ head: ExecutionHead) -> Bool {
        isRedriven == nil || isRedriven == (head.redriveCount > 0)
    }
}

extension PageRequest {
    /// Places that are looked at for one page.
    fileprivate static let looks = 20_000
    /// The same where what is at a place has to be read before it is known to be listed.
    fileprivate static let looksWithRead = 2_000

    /// The page of a list that is known by its places, the last first; `item` gives nil for a
    /// place that is not listed.
    ///
    /// So many places are looked at, at most: a page may be short, and have another behind it.
    fileprivate func page<Item: Sendable>(
        ofPlacesBelow end: Int,
        looks: Int = PageRequest.looks,
        _ item: (Int) throws -> Item?
    ) throws -> Page<Item> {
        var below = end
        if let place {
            var reader = ByteReader(place)
            guard let found = try? reader.readCount(), reader.isAtEnd else {
                throw ServiceError.invalidToken
            }
            below = min(found, end)
        }
        var items: [Item] = []
        var next = below
        while next > 0, below - next < looks {
            guard let found = try item(next - 1) else {
                next -= 1
                continue
            }
            guard items.count < limit else { break }
            items.append(found)
            next -= 1
        }
        guard next > 0 else { return Page(items: items, nextToken: nil) }
        var writer = ByteWriter(capacity: 10)
        writer.writeCount(next)
        return Page(items: items, nextToken: Self.token(writer.bytes))
    }
}

extension ServiceError {
    static func mapRunDoesNotExist(_ arn: String) -> ServiceError {
        ServiceError(code: "ResourceNotFound", message: "Map Run Does Not Exist: '\(arn)'")
    }
}
