/// `ItemBatcher` of a distributed Map state: how its items are put together.
package struct ItemBatcherFields: Sendable {
    /// `MaxItemsPerBatch` or its path form.
    package var maxItems: CountField?
    /// `MaxInputBytesPerBatch` or its path form.
    package var maxBytes: CountField?
    /// `BatchInput`: what every batch has beside its items.
    package var input: PayloadTemplate?
    /// `BatchInput` of a JSONata state.
    package var inputTemplate: ExpressionTemplate?

    package init() {}
}
