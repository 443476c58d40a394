package import StepwellJSONPath

/// The own fields of a Map state.
package struct MapFields: Sendable {
    /// Where the iterations run (`ProcessorConfig.Mode`).
    package enum Mode: String, Sendable {
        case inline = "INLINE"
        case distributed = "DISTRIBUTED"
    }

    /// What a distributed map's iterations are (`ProcessorConfig.ExecutionType`).
    package enum ExecutionType: String, Sendable {
        case standard = "STANDARD"
        case express = "EXPRESS"
    }

    /// `ItemProcessor` or, in older definitions, `Iterator`.
    package let processor: ScopeIndex
    /// `ProcessorConfig.Mode`, INLINE by default.
    package var mode = Mode.inline
    /// `ProcessorConfig.ExecutionType`, of a distributed map only.
    package var executionType: ExecutionType?
    /// `ItemsPath`; `nil` is the whole effective input.
    package var itemsPath: JSONPath?
    /// `Items` of a JSONata state; `nil` is the whole input.
    package var items: ExpressionTemplate?
    /// `ItemSelector` of a JSONata state: evaluated once per item.
    package var itemSelectorTemplate: ExpressionTemplate?
    /// `ItemSelector` or, in older definitions, `Parameters`: evaluated once per item.
    package var itemSelector: PayloadTemplate?
    /// Whether the item selector was written as `Parameters`.
    package var usesParameters = false
    /// Whether the processor was written as `Iterator`.
    package var usesIterator = false
    /// `MaxConcurrency` or `MaxConcurrencyPath`; 0 is no limit.
    package var maxConcurrency = CountField.literal(0)
    /// `Label`, of a distributed map.
    package var label: String?
    /// `ToleratedFailureCount` or its path form.
    package var toleratedFailureCount: CountField?
    /// `ToleratedFailurePercentage` or its path form.
    package var toleratedFailurePercentage: PercentageField?
    /// `ItemReader`, of a distributed map: its items are read, not part of the input.
    package var reader: ItemReaderFields?
    /// `ItemBatcher`, of a distributed map.
    package var batcher: ItemBatcherFields?
    /// `ResultWriter`, of a distributed map.
    package var writer: ResultWriterFields?

    package init(processor: ScopeIndex) {
        self.processor = processor
    }
}
