/// Why a value cannot be put where a reference path points: `States.ResultPathMatchFailure`.
package struct ReferencePathError: Error, Sendable, Equatable {
    /// What stands in the way.
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
