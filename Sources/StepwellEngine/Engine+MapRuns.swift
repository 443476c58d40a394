package import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// Map Runs: what ran, or runs, for the distributed Map states of an execution.
extension Engine {
    /// What is known of a Map Run; while it runs, how far it is.
    package func describeMapRun(arn: String) async throws -> DescribeMapRunResponse {
        let (run, state) = try await mapRun(arn)
        return DescribeMapRunResponse(
            mapRunARN: run.arn,
            executionARN: state.start?.executionARN ?? "",
            status: MapRunStatus(run.status),
            startDate: run.startDate,
            stopDate: run.stopDate,
            maxConcurrency: run.maxConcurrency,
            toleratedFailurePercentage: run.toleratedFailurePercentage ?? 0,
            toleratedFailureCount: run.toleratedFailureCount ?? 0,
            counts: MapRunCounts(run),
            failuresNotRedrivable: try failuresNotRedrivable(of: run),
            redriveCount: run.redriveCount,
            redriveDate: run.redriveDate
        )
    }

    /// How many children ended without success and cannot be redriven any more.
    private func failuresNotRedrivable(of run: MapRun) throws -> Int {
        // That the state machine is gone shows at the parent.
        let rules = RedriveRules(
            limits: configuration.limits,
            isStateMachineThere: true,
            now: clock.now()
        )
        let events = configuration.executionLimits.historyEvents
        return try run.unsuccessfulIndexes.count { index in
            let head = try head(ofChild: index, in: run)
            return head.map { rules.lastingObstacle(to: $0, historyEvents: events) != nil } ?? false
        }
    }

    private func head(ofChild index: Int, in run: MapRun) throws -> ExecutionHead? {
        try reading { () throws(StoreError) in
            try store.head(named: run.childName(index), in: run.childMachineARN)
        }
    }

    /// The Map Runs of an execution, the newest first.
    package func listMapRuns(
        executionARN: String,
        maxResults: Int,
        nextToken: String?
    ) async throws -> Page<MapRunListItem> {
        let page = try PageRequest(maxResults: maxResults, token: nextToken, longestToken: 1_024)
        let head = try head(ofExecution: executionARN)
        let runs = try await state(of: head.execution)?.mapRuns.filter(\.hasStarted) ?? []
        return try page.page(ofPlaces: runs.indices) { place in
            MapRunListItem(
                executionARN: executionARN,
                mapRunARN: runs[place].arn,
                stateMachineARN: head.stateMachineARN,
                startDate: runs[place].startDate,
                stopDate: runs[place].stopDate
            )
        }
    }

    /// Changes how many children of a running Map Run may run at once, and how many may fail.
    ///
    /// Throws `ValidationException` when the run is over.
    package func updateMapRun(arn: String, _ update: MapRunUpdate) async throws {
        let (run, state) = try await mapRun(arn)
        guard let place = state.mapRuns.firstIndex(where: { $0.id == run.id }) else {
            throw ServiceError.mapRunDoesNotExist(arn)
        }
        let answer = await Self.send(
            .mapRunUpdated(mapRun: place, update),
            to: state.execution,
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
        let pending = Set(run.pendingRedrive)
        let listed = run.children.indices.filter { index in
            if isPendingRedrive || statusFilter != nil, pending.contains(index) != isPendingRedrive
            {
                return false
            }
            return statusFilter.map { $0 == run.children[index] } ?? true
        }
        let items = try page.page(ofPlaces: listed) { index in
            (try? self.head(ofChild: index, in: run)).flatMap { head -> ExecutionListItem? in
                if let isRedriven, isRedriven != (head.redriveCount > 0) { return nil }
                let isExpress = run.executionType == .express
                var item = ExecutionListItem(head, start: nil, isExpress: isExpress)
                // The run may have heard of the end before the index has.
                item.status = run.children[index]
                item.isPendingRedrive = pending.contains(index)
                item.mapRunARN = run.arn
                return item
            }
        }
        return Page(items: items.items.compactMap(\.self), nextToken: items.nextToken)
    }

    /// Whether a child's Map Run has been redriven and will redrive the child.
    func isPendingRedrive(_ child: DescribeExecutionResponse) async throws -> Bool {
        guard let arn = child.mapRunARN, child.status != .running, child.status != .succeeded
        else { return false }
        let (run, _) = try await mapRun(arn)
        return run.pendingRedrive.contains { run.childName($0).utf8.elementsEqual(child.name.utf8) }
    }

    /// The Map Run with an ARN, and the execution that it belongs to.
    private func mapRun(_ text: String) async throws -> (run: MapRun, state: ExecutionState) {
        let arn = try ResourceARN(text, expecting: .mapRun, atLeast: 2)
        guard let number = MapRunID.execution(ofUUID: arn.names[1]),
            let state = try await state(of: number),
            let run = state.mapRuns.first(where: {
                $0.hasStarted && $0.arn.utf8.elementsEqual(text.utf8)
            })
        else { throw ServiceError.mapRunDoesNotExist(text) }
        return (run, state)
    }

    /// The state of an execution as of its newest durable turn or a later one.
    func state(of execution: ExecutionNumber) async throws -> ExecutionState? {
        try await withCheckedThrowingContinuation { continuation in
            let command = StateCommand(execution: execution) { result in
                continuation.resume(with: result.mapError { $0 as any Error })
            }
            Self.send(.state(command), via: shard.mailbox)
        }
    }
}

extension MapRun {
    /// Whether `MapRunStarted` is recorded.
    fileprivate var hasStarted: Bool { startedEventID != 0 }
}

extension PageRequest {
    /// The page of a list that is known by its places, the last first.
    fileprivate func page<Item: Sendable>(
        ofPlaces places: some RandomAccessCollection<Int>,
        _ item: (Int) -> Item
    ) throws(ServiceError) -> Page<Item> {
        var below = Int.max
        if let place {
            var reader = ByteReader(place)
            guard let found = try? reader.readCount(), reader.isAtEnd else { throw .invalidToken }
            below = found
        }
        let rest = places.reversed().drop { $0 >= below }
        let shown = rest.prefix(limit)
        var token: String?
        if let last = shown.last, shown.count < rest.count {
            var writer = ByteWriter(capacity: 10)
            writer.writeCount(last)
            token = Self.token(writer.bytes)
        }
        return Page(items: shown.map(item), nextToken: token)
    }
}

extension ServiceError {
    static func mapRunDoesNotExist(_ arn: String) -> ServiceError {
        ServiceError(code: "ResourceNotFound", message: "Map Run Does Not Exist: '\(arn)'")
    }
}
