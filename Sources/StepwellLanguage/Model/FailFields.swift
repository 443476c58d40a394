/// The own fields of a Fail state.
package struct FailFields: Sendable, Equatable {
    /// `Error` or `ErrorPath`.
    package let error: StringField?
    /// `Cause` or `CausePath`.
    package let cause: StringField?

    package init(error: StringField?, cause: StringField?) {
        self.error = error
        self.cause = cause
    }
}
