package import StepwellHistory

/// How much of an execution a picture is to show.
package struct PictureRequest: Sendable, Hashable {
    /// The branch that is shown with what is below it; nil for all.
    package var branch: BranchID?
    /// Of the children of that branch, those behind this index; nil for the first.
    package var after: Int?
    /// How many children of a branch are shown.
    package var limit = 100
    /// How many branches are shown in all.
    package var branchLimit = 1_000
    /// The bytes at which each payload is cut; nil for none.
    package var payloadLimit: Int? = 65_536

    package init() {}

    /// Everything, nothing cut.
    package static let whole = {
        var request = PictureRequest()
        request.limit = .max
        request.branchLimit = .max
        request.payloadLimit = nil
        return request
    }()
}
