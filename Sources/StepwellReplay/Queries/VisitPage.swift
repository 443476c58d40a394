package import StepwellHistory

/// Some visits, and where the others begin.
package struct VisitPage: Sendable {
    package var visits: [StateVisit] = []
    /// What `after` is for the page that follows; nil when there is none.
    package var next: EventID?
    /// How many visits the query finds in all.
    package var total = 0
}
