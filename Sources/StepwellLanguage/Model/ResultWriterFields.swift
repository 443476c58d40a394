package import StepwellJSON

/// `ResultWriter` of a distributed Map state: where the results go, and in which form.
package struct ResultWriterFields: Sendable {
    /// The action that writes, `arn:aws:states:::s3:putObject`; nil when the results are the
    /// state's own.
    package var resource: String?
    /// `Parameters`.
    package var parameters: PayloadTemplate?
    /// `Arguments` of a JSONata state.
    package var arguments: ExpressionTemplate?
    /// `WriterConfig`.
    package var configuration: JSONObject?

    package init() {}
}
