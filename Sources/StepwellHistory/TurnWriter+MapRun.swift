/// The records of Map Runs.
extension TurnWriter {
    /// An input of a Map Run; any other writes nothing.
    mutating func write(mapRun input: Input) {
        switch input {
        case .childClosed(let child, let outcome):
            tag(.childClosed)
            write(ClosedChild(child, outcome), field: 0)
        case .childrenClosed(let children):
            tag(.childrenClosed)
            with { $0.writeCount(children.count) }
            for (field, child) in children.enumerated() {
                write(child, field: UInt8(clamping: field))
            }
        case .mapRunUpdated(let mapRun, let update):
            tag(.mapRunUpdated)
            with {
                $0.writeCount(mapRun)
                $0.writeOptional(update.maxConcurrency) { $0.writeCount($1) }
                $0.writeTolerance(
                    count: update.toleratedFailureCount,
                    percentage: update.toleratedFailurePercentage
                )
            }
        case .itemsRead(let mapRun, let page):
            tag(.itemsRead)
            with { $0.writeCount(mapRun) }
            write(page)
        case .itemsNotRead(let mapRun, let order, let failure):
            tag(.itemsNotRead)
            with {
                $0.writeCount(mapRun)
                $0.writeCount(order)
            }
            self.failure(failure)
        case .resultsWritten(let mapRun, let asked, let output, let count):
            tag(.resultsWritten)
            with {
                $0.writeCount(mapRun)
                $0.writeVarint(asked.rawValue)
                $0.writeCount(count)
            }
            payload(output)
        case .resultsNotWritten(let mapRun, let asked, let failure):
            tag(.resultsNotWritten)
            with {
                $0.writeCount(mapRun)
                $0.writeVarint(asked.rawValue)
            }
            self.failure(failure)
        case .start, .taskStarted, .taskSubmitted, .taskSucceeded, .taskFailed, .taskSubmitFailed,
            .taskHeartbeat, .timerFired, .stop, .continueTurn, .raiseSemantics, .redrive,
            .nestedStopped:
            break
        }
    }

    private mutating func write(_ closed: ClosedChild, field: UInt8) {
        with {
            $0.write(closed.child)
            $0.write(closed.outcome.status.code)
            $0.write(closed.outcome.output != nil)
        }
        if let output = closed.outcome.output { payload(output, field: field) }
    }

    private mutating func write(_ page: ItemPage) {
        with { $0.writeCount(page.order) }
        payload(page.items)
        with { $0.writeCount(page.origins.count) }
        for origin in page.origins {
            with { $0.writeCount(origin.count) }
            name(origin.source)
        }
        with { $0.writeOptional(page.next) { $0.writeBytes($1) } }
    }

    /// A decision of a Map Run; any other writes nothing.
    mutating func write(mapRun engine: EngineRecord) {
        switch engine {
        case .mapRunPrepared(let id, let count, let percentage):
            tag(.mapRunPrepared)
            with {
                $0.writeBytes(id)
                $0.writeTolerance(count: count, percentage: percentage)
            }
        case .childScheduled(let index, let input):
            tag(.childScheduled)
            with { $0.writeCount(index) }
            payload(input)
        case .childRedriven(let index):
            tag(.childRedriven)
            with { $0.writeCount(index) }
        case .mapRunConfigured(let plan):
            tag(.mapRunConfigured)
            payload(plan)
        case .batchScheduled(let index, let items, let input):
            tag(.batchScheduled)
            with {
                $0.writeCount(index)
                $0.writeCount(items)
            }
            payload(input)
        case .resultsDue:
            tag(.resultsDue)
        default: break
        }
    }
}

extension ByteWriter {
    mutating func write(_ child: MapRunChild) {
        writeCount(child.mapRun)
        writeCount(child.index)
    }
}
