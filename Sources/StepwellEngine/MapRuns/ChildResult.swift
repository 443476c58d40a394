import StepwellHistory
import StepwellInterpreter

/// What a child of a Map Run came to.
struct ChildResult: Sendable {
    /// As its run knows it.
    let status: ExecutionStatus
    let name: String
    let stateMachineARN: String
    /// Nil for one that was given up before it had begun.
    let description: DescribeExecutionResponse?
}

/// Reads what the children of a Map Run came to from the store.
struct ChildResultReader: Sendable {
    let store: any EventStore
    let run: MapRun
    let rules: RedriveRules

    /// What the children of some items came to.
    func results(_ indexes: Range<Int>) throws -> [ChildResult] {
        let reader = HistoryReader(store: store)
        var last: ExecutionNumber?
        return try indexes.map { index in
            let name = run.childName(index)
            let head = try head(of: index, named: name, behind: last)
            last = head?.execution ?? last
            return ChildResult(
                status: run.children[index],
                name: name,
                stateMachineARN: run.childMachineARN,
                description: try head.map { try reader.record(of: $0).description(under: rules) }
            )
        }
    }

    /// A child's head, nil when it has not begun.
    ///
    /// Children are started one after another, so that mostly it is the execution behind the child
    /// before it, which is next to that one's in the store; names are spread all over.
    private func head(
        of index: Int,
        named name: String,
        behind last: ExecutionNumber?
    ) throws -> ExecutionHead? {
        if let last {
            let next = ExecutionNumber(last.rawValue + 1)
            let head = try store.answer { (store) throws(StoreError) in try store.head(of: next) }
            if let head, head.executionName.utf8.elementsEqual(name.utf8),
                head.stateMachineARN.utf8.elementsEqual(run.childMachineARN.utf8)
            {
                return head
            }
        }
        return try store.head(ofChild: index, in: run)
    }
}
