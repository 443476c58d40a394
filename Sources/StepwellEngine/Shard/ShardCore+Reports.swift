import StepwellHistory
import StepwellInterpreter

/// Children that have closed are told to their parent together, as many as came in a slice: a
/// parent of very many makes one turn of it.
extension ShardCore {
    /// A child's end on its way to its parent.
    struct Report: Sendable {
        let closed: ClosedChild
        let command: ChildCommand
    }

    /// Takes a report, to be recorded at the end of the slice or when there are many.
    func gather(
        _ closed: ClosedChild,
        of parent: ResidentExecution,
        _ command: ChildCommand,
        at now: Timestamp
    ) {
        reports[parent.number, default: []].append(Report(closed: closed, command: command))
        if reports[parent.number]?.count ?? 0 >= limits.childReportsPerTurn {
            record(reportsTo: parent.number, at: now)
        }
    }

    /// Records every report that was taken.
    func recordReports(at now: Timestamp) {
        guard !reports.isEmpty else { return }
        for parent in reports.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            record(reportsTo: parent, at: now)
        }
    }

    private func record(reportsTo parent: ExecutionNumber, at now: Timestamp) {
        guard let all = reports.removeValue(forKey: parent) else { return }
        guard let resident = residents[parent] else {
            // It was let go of in between: they are made again.
            for report in all { report.command.reply(.failed(.throttled)) }
            return
        }
        var told: Set<MapRunChild> = []
        var taken: [Report] = []
        for report in all {
            let child = report.closed.child
            if resident.state.isOpen(child), told.insert(child).inserted {
                taken.append(report)
            } else {
                answer(report.command, .refused(stopTime: nil), after: resident)
            }
        }
        guard !taken.isEmpty else { return }
        let input: Input =
            taken.count == 1
            ? .childClosed(taken[0].closed.child, taken[0].closed.outcome)
            : .childrenClosed(taken.map(\.closed))
        let replies = taken.map(\.command.reply)
        let command = InputCommand(execution: parent, input: input) { answer in
            for reply in replies { reply(answer) }
        }
        give(command, to: resident, at: now)
    }
}
