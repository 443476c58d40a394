/// The records of Map Runs; the counterpart of `TurnWriter`'s.
extension TurnReader {
    mutating func mapRunInput(_ tag: RecordTag) throws(ByteReaderError) -> Input {
        switch tag {
        case .childClosed:
            let closed = try closedChild(field: 0)
            return .childClosed(closed.child, closed.outcome)
        case .childrenClosed:
            var children: [ClosedChild] = []
            for field in 0..<(try reader.readElementCount()) {
                children.append(try closedChild(field: UInt8(clamping: field)))
            }
            return .childrenClosed(children)
        case .mapRunUpdated:
            let mapRun = try reader.readCount()
            let concurrency = try reader.readFlag() ? try reader.readCount() : nil
            let tolerance = try reader.readTolerance()
            let update = MapRunUpdate(
                maxConcurrency: concurrency,
                toleratedFailureCount: tolerance.count,
                toleratedFailurePercentage: tolerance.percentage
            )
            return .mapRunUpdated(mapRun: mapRun, update)
        case .itemsRead:
            let mapRun = try reader.readCount()
            return .itemsRead(mapRun: mapRun, try itemPage())
        case .itemsNotRead:
            let mapRun = try reader.readCount()
            let order = try reader.readCount()
            return .itemsNotRead(mapRun: mapRun, order: order, try failure())
        case .resultsWritten:
            let mapRun = try reader.readCount()
            let asked = Ordinal(try reader.readVarint())
            let count = try reader.readCount()
            return .resultsWritten(
                mapRun: mapRun,
                asked: asked,
                output: try payload(),
                count: count
            )
        case .resultsNotWritten:
            let mapRun = try reader.readCount()
            let asked = Ordinal(try reader.readVarint())
            return .resultsNotWritten(mapRun: mapRun, asked: asked, try failure())
        default: throw invalid("input tag")
        }
    }

    private mutating func closedChild(field: UInt8) throws(ByteReaderError) -> ClosedChild {
        let child = try mapRunChild()
        let code = Int(try reader.readByte())
        guard code < ExecutionStatus.codes.count else { throw invalid("status of a child") }
        let status = ExecutionStatus.codes[code]
        let output = try reader.readFlag() ? try payload(field: field) : nil
        return ClosedChild(child, MapRunChildOutcome(status: status, output: output))
    }

    private mutating func itemPage() throws(ByteReaderError) -> ItemPage {
        let order = try reader.readCount()
        var page = ItemPage(order: order, items: try payload())
        for _ in 0..<(try reader.readElementCount()) {
            let count = try reader.readCount()
            page.origins.append(ItemOrigin(count: count, source: try name()))
        }
        page.next = try reader.readFlag() ? try reader.readBytes() : nil
        return page
    }

    mutating func mapRunRecord(_ tag: RecordTag) throws(ByteReaderError) -> EngineRecord {
        switch tag {
        case .mapRunPrepared:
            let id = try reader.readBytes()
            let tolerance = try reader.readTolerance()
            return .mapRunPrepared(
                id: id,
                toleratedFailureCount: tolerance.count,
                toleratedFailurePercentage: tolerance.percentage
            )
        case .childScheduled:
            let index = try reader.readCount()
            return .childScheduled(index: index, input: try payload())
        case .childRedriven: return .childRedriven(index: try reader.readCount())
        case .mapRunConfigured: return .mapRunConfigured(try payload())
        case .batchScheduled:
            let index = try reader.readCount()
            let items = try reader.readCount()
            return .batchScheduled(index: index, items: items, input: try payload())
        case .resultsDue: return .resultsDue
        default: throw invalid("engine record tag")
        }
    }

    mutating func mapRunChild() throws(ByteReaderError) -> MapRunChild {
        let mapRun = try reader.readCount()
        return MapRunChild(mapRun: mapRun, index: try reader.readCount())
    }
}
