package import StepwellEngine
package import StepwellHistory
import Synchronization

extension LMDBEventStore {
    package func drop(
        _ executions: [ExecutionNumber],
        fence: Fence
    ) throws(StoreError) -> StoreCursor {
        try checkOwnership(fence)
        let source = source
        var (composer, dropped) = try tail.withLock {
            tail throws(StoreError) -> (BatchComposer, [ExecutionNumber]) in
            var composer = BatchComposer(head: tail.head, identity: identity)
            var dropped: [ExecutionNumber] = []
            for execution in executions where !composer.changes.isDropped(execution) {
                guard let entry = try tail.entry(execution, source) else { continue }
                try refuseToDrop(entry)
                composer.drop(entry)
                dropped.append(execution)
            }
            return (composer, dropped)
        }
        guard composer.hasContent else {
            return StoreCursor(number: tail.withLock { $0.head.nextPosition })
        }
        let head = try commit(&composer, [], dropping: dropped)
        install(composer.changes, head)
        return StoreCursor(number: head.nextPosition)
    }

    private func refuseToDrop(_ entry: ExecutionEntry) throws(StoreError) {
        let isRunning = entry.head.summary.status == .running
        guard entry.execution == .catalog || isRunning || entry.isUnsettled else { return }
        throw StoreError(
            .contradiction,
            "execution \(entry.execution.rawValue) is to be dropped, but has work left"
        )
    }
}
