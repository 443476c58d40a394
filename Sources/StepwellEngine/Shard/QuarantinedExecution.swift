package import StepwellHistory

/// An execution that is set aside because its log cannot be read.
package struct QuarantinedExecution: Sendable {
    package var execution: ExecutionNumber
    /// Its ARN, when its head can be read.
    package var executionARN: String?
    /// What reading it came to last.
    package var error: StoreError
    /// How often reading it has failed in a row.
    package var failures: Int
}
