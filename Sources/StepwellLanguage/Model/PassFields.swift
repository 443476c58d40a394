package import StepwellJSON

/// The own fields of a Pass state.
package struct PassFields: Sendable {
    /// `Result`; without it the state's effective input is its result.
    package let result: JSONValue?

    package init(result: JSONValue?) {
        self.result = result
    }
}
