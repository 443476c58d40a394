import StepwellHistory
import StepwellLanguage

/// What holds of every state that a log leads to, asked of one that was read from a snapshot: the
/// records that follow may rely on it.
extension ExecutionState {
    /// - Throws: `ByteReaderError` that names what cannot be.
    func check(_ reader: SnapshotReader) throws(ByteReaderError) {
        let counters = UInt64(Int64.max / 2)
        guard lastOrdinal.rawValue <= counters, nextBranch < UInt32.max,
            (0...Int64.max / 2).contains(lastEventID), redriveCount < Int32.max
        else { throw reader.invalid("counters") }
        guard (start == nil) == branches.isEmpty else { throw reader.invalid("branches") }
        for run in mapRuns where run.redriveCount >= Int32.max {
            throw reader.invalid("redrives of a Map Run")
        }
        for branch in branches.all {
            guard highestID(in: branch).rawValue < nextBranch else {
                throw reader.invalid("number of the next branch")
            }
            if let problem = problem(of: branch) { throw reader.invalid(problem) }
            guard branch.parent.map(branches.contains) ?? (branch.id == .root) else {
                throw reader.invalid("parent of a branch")
            }
            let live = branch.children?.live ?? []
            guard zip(live, live.dropFirst()).allSatisfy({ $0 < $1 }),
                live.allSatisfy({ branches.contains($0) && branches[$0].parent == branch.id })
            else { throw reader.invalid("children of a branch") }
        }
        guard ready.elements.allSatisfy(branches.contains),
            Set(ready.elements).count == ready.elements.count
        else {
            throw reader.invalid("branches in line")
        }
        guard timers.elements.allSatisfy({ branches.contains($0.branch) }) else {
            throw reader.invalid("branch of a timer")
        }
    }

    /// The highest id of a branch and those that are kept with it.
    private func highestID(in branch: Branch) -> BranchID {
        [branch.children, branch.ended].compactMap(\.self).flatMap(\.unsuccessful)
            .map(highestID(in:)).reduce(branch.id, max)
    }

    private func problem(of branch: Branch) -> String? {
        if case .chosen(let next, _) = branch.phase, next.value >= definition.states.count {
            return "state of this definition"
        }
        for place in [branch.mapRun, branch.endedMapRun].compactMap(\.self)
        where place >= mapRuns.count {
            return "Map Run of a branch"
        }
        let counts = branch.retries.counts + [branch.retries.total, branch.task?.deliveries ?? 0]
        guard counts.allSatisfy({ $0 < Int32.max }) else { return "counts of a branch" }
        // A branch is begun by one that was there before, so that no branch is above itself.
        guard (branch.role == .root) == (branch.id == .root),
            branch.parent.map({ $0 < branch.id }) ?? (branch.id == .root)
        else { return "role or parent of a branch" }
        for children in [branch.children, branch.ended].compactMap(\.self) {
            guard (0...children.results.count).contains(children.nextIndex),
                children.finished <= children.results.count
            else { return "children of a branch" }
            for frame in children.unsuccessful {
                if frame.parent != branch.id { return "parent of a branch" }
                if let problem = problem(of: frame) { return problem }
            }
        }
        return nil
    }
}
