package import StepwellJSON

/// `ItemReader` of a distributed Map state: where its items are read from.
package struct ItemReaderFields: Sendable {
    /// The action that reads: `arn:aws:states:::s3:getObject` or `…:s3:listObjectsV2`.
    package let resource: String
    /// `Parameters`.
    package var parameters: PayloadTemplate?
    /// `Arguments` of a JSONata state.
    package var arguments: ExpressionTemplate?
    /// `ReaderConfig` as it is written, without `MaxItems` and its path form.
    package var configuration = JSONObject()
    /// `ReaderConfig.MaxItems` or its path form.
    package var maxItems: CountField?

    package init(resource: String) {
        self.resource = resource
    }
}
