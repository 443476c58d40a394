import StepwellEngine
import StepwellHistory

extension DerivedState {
    /// The number of a new run.
    mutating func takeRun() -> UInt64 {
        defer { manifest.nextRun += 1 }
        return manifest.nextRun
    }

    /// Runs of one level that follow each other and are enough for a merge.
    var runsToMerge: [SortedRun]? {
        guard runs.count >= RunMerge.fanIn else { return nil }
        for start in (0...(runs.count - RunMerge.fanIn)).reversed() {
            let group = runs[start..<start + RunMerge.fanIn]
            if group.allSatisfy({ $0.level == group[start].level }) { return Array(group) }
        }
        return nil
    }

    /// The manifest that names a new run: of the frozen memtable, or in place of runs it merges.
    func manifest(adding run: SortedRun, replacing inputs: [SortedRun]) -> Manifest {
        var next = manifest
        next.generation += 1
        next.runs = Self.replace(inputs.map(\.identifier), by: run.identifier, in: manifest.runs)
        if inputs.isEmpty {
            next.recovery = frozenHead
            next.highest = [manifest.highest, frozen?.highest].compactMap { $0 }.max()
        }
        return next
    }

    /// Takes over what a committed manifest says.
    mutating func install(
        _ next: Manifest,
        _ run: SortedRun,
        replacing inputs: [SortedRun]
    ) {
        manifest = next
        let known = runs + [run]
        runs = next.runs.compactMap { identifier in
            known.first { $0.identifier == identifier }
        }
        if inputs.isEmpty { frozen = nil }
    }

    private static func replace(
        _ inputs: [UInt64],
        by run: UInt64,
        in runs: [UInt64]
    ) -> [UInt64] {
        guard let first = inputs.first, let place = runs.firstIndex(of: first) else {
            return runs + [run]
        }
        var rest = runs.filter { !inputs.contains($0) }
        rest.insert(run, at: place)
        return rest
    }
}
