package import StepwellEngine
package import StepwellHistory
import Synchronization

extension LMDBEventStore {
    package func head(of execution: ExecutionNumber) throws(StoreError) -> ExecutionHead? {
        try reading { reader throws(StoreError) in try reader.entry(execution)?.head }
    }

    package func head(
        named name: String,
        in stateMachineARN: String
    ) throws(StoreError) -> ExecutionHead? {
        try reading { reader throws(StoreError) in
            try reader.newest(named: name, in: stateMachineARN)?.head
        }
    }

    package func newest() throws(StoreError) -> ExecutionNumber? {
        try reading { reader throws(StoreError) in reader.index.highest }
    }

    package func listing(
        _ query: ListingQuery,
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionHead> {
        try reading { reader throws(StoreError) in
            try reader.listing(query, after: cursor, looks: looks)
        }
    }

    package func due(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<DueRow> {
        try reading { reader throws(StoreError) in try reader.due(after: cursor, looks: looks) }
    }

    package func unsettled(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionNumber> {
        try reading { reader throws(StoreError) in
            try reader.unsettled(after: cursor, looks: looks)
        }
    }

    package func openExecutions() throws(StoreError) -> Int {
        try reading { reader throws(StoreError) in reader.index.openExecutions }
    }

    package func statusCounts(
        of stateMachineARNs: [String]
    ) throws(StoreError) -> [StatusCounts] {
        try reading { reader throws(StoreError) in
            try reader.statusCounts(of: stateMachineARNs)
        }
    }

    /// Answers from the newest index, which no lock is held for.
    ///
    /// In a store that is only read a run may be deleted by its owner meanwhile: then the answer is
    /// looked for in the runs that there are by now.
    func reading<Answer>(
        _ body: (IndexReader) throws(StoreError) -> Answer
    ) throws(StoreError) -> Answer {
        guard options.isReadOnly else {
            return try body(IndexReader(index: index, source: source))
        }
        var attempts = 0
        while true {
            do throws(StoreError) {
                try refresh()
                return try body(IndexReader(index: index, source: source))
            } catch {
                attempts += 1
                guard error.code == .damaged, attempts < 4 else { throw error }
            }
        }
    }
}
