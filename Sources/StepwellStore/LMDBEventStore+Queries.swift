package import StepwellEngine
package import StepwellHistory
import Synchronization

extension LMDBEventStore {
    package func head(of execution: ExecutionNumber) throws(StoreError) -> ExecutionHead? {
        try reading { state throws(StoreError) in try state.entry(execution)?.head }
    }

    package func head(
        named name: String,
        in stateMachineARN: String
    ) throws(StoreError) -> ExecutionHead? {
        let name = NameKey(stateMachineARN: stateMachineARN, executionName: name)
        return try reading { state throws(StoreError) in try state.newest(named: name)?.head }
    }

    package func newest() throws(StoreError) -> ExecutionNumber? {
        try reading { state throws(StoreError) in state.highest }
    }

    package func listing(
        _ query: ListingQuery,
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionHead> {
        try reading { state throws(StoreError) in
            try state.listing(query, after: cursor, looks: looks)
        }
    }

    package func due(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<DueRow> {
        try reading { state throws(StoreError) in try state.due(after: cursor, looks: looks) }
    }

    package func unsettled(
        after cursor: QueryCursor?,
        looks: Int
    ) throws(StoreError) -> QueryPage<ExecutionNumber> {
        try reading { state throws(StoreError) in
            try state.unsettled(after: cursor, looks: looks)
        }
    }

    package func openExecutions() throws(StoreError) -> Int {
        try reading { state throws(StoreError) in state.openExecutions }
    }

    private func reading<Answer>(
        _ body: (inout DerivedState) throws(StoreError) -> Answer
    ) throws(StoreError) -> Answer {
        try derived.withLock { state throws(StoreError) in
            try refresh(&state)
            return try body(&state)
        }
    }
}
