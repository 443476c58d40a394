import StepwellEngine
import StepwellHistory

/// Goes through all entries of runs.
enum EntryScan {
    /// How many executions are open: for a checkpoint that does not say.
    static func countOpen(in runs: [SortedRun], _ source: RunSource) throws(StoreError) -> Int {
        var cursors: [RunCursor] = []
        // Newest first: of equal keys the first one counts.
        for run in runs.reversed() {
            if let cursor = try RunCursor(run, scope: .entries, behind: nil, source) {
                cursors.append(cursor)
            }
        }
        var count = 0
        while let least = cursors.compactMap(\.place).min() {
            var isCounted = false
            for index in cursors.indices where cursors[index].place == least {
                if !isCounted {
                    isCounted = true
                    let run = cursors[index].run.identifier
                    let entry = try ExecutionEntry(value: cursors[index].value, run: run)
                    if let entry, entry.head.isOpen { count += 1 }
                }
                try cursors[index].advance(source)
            }
        }
        return count
    }
}
