package import StepwellHistory
import StepwellInterpreter
import StepwellLanguage

/// Which visits to a state are asked for.
package struct VisitQuery: Sendable {
    /// The name of the state; nil for all.
    package var state: String?
    /// What has become of them; nil for anything.
    package var status: VisitStatus?
    /// Whether only visits are wanted that wait for their next attempt.
    package var isRetrying = false
    /// The index of the innermost Map iteration or Parallel branch that they are in.
    package var index: Int?
    /// Only visits entered after this event; 0 for all.
    package var after: EventID = 0
    /// How many are given.
    package var limit = 100

    package init() {}
}

extension ExecutionStory {
    /// The visits that a query asks for, in the order in which they began.
    package func visits(_ query: VisitQuery) -> VisitPage {
        var page = VisitPage()
        let wanted = query.state.map { definition.index(ofState: $0) }
        if let wanted, wanted == nil { return page }
        for visit in visits {
            if let wanted, visit.state != wanted { continue }
            if query.isRetrying, !visit.isBackingOff { continue }
            if let status = query.status, visit.status != status { continue }
            if let index = query.index, self.index(of: visit.branch) != index { continue }
            page.total += 1
            guard visit.enteredEventID > query.after else { continue }
            if page.visits.count < query.limit {
                page.visits.append(visit)
            } else if page.next == nil {
                page.next = page.visits.last?.enteredEventID ?? query.after
            }
        }
        return page
    }

    /// The index of a branch among its siblings; nil for the root.
    package func index(of branch: BranchID) -> Int? {
        let place = Int(branch.rawValue)
        return branches.indices.contains(place) ? branches[place].role.index : nil
    }
}
