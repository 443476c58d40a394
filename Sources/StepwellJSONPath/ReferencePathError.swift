/// Why a reference path cannot be applied to a value.
package struct ReferencePathError: Error, Sendable, Equatable {
    /// What stands in the way, as AWS says it: `States.ReferencePathConflict`.
    package let reason: String
    /// What stood in the way until semantics revision 6: `States.ResultPathMatchFailure`.
    package let firstReason: String

    package init(reason: String, firstReason: String) {
        self.reason = reason
        self.firstReason = firstReason
    }
}
