package import StepwellHistory
package import StepwellInterpreter

/// Where a branch comes from; kept when it is gone.
package struct BranchOrigin: Sendable {
    package let parent: BranchID?
    package let role: Branch.Role
    /// The visit to the Parallel or Map state that started it, by its place among all.
    package let parentVisit: Int?
    /// The newest record after which the branch waits for what it waits for.
    package internal(set) var since: StoryMoment
    /// The visit that is under way in it, by its place among all.
    var visit: Int?
    /// Whether the branch came to its end; nil while it is under way.
    var hasSucceeded: Bool?

    init(parent: BranchID?, role: Branch.Role, parentVisit: Int?, since: StoryMoment) {
        self.parent = parent
        self.role = role
        self.parentVisit = parentVisit
        self.since = since
    }
}
