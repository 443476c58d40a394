import StepwellHistory
package import StepwellLanguage

/// A change of the catalog that has been decided: its records, and what need not be compiled again.
package struct CatalogChange: Sendable {
    /// One or more, kept together or not at all.
    package var records: [CatalogRecord]
    /// The compiled definition when a record brings a text.
    package var compiled: StateMachineDefinition?

    package init(record: CatalogRecord, compiled: StateMachineDefinition? = nil) {
        self.init(records: [record], compiled: compiled)
    }

    package init(records: [CatalogRecord], compiled: StateMachineDefinition? = nil) {
        self.records = records
        self.compiled = compiled
    }

    /// The definition that it brings.
    var definition: (text: String, digest: DefinitionDigest)? {
        records.lazy.compactMap(\.definition).first
    }
}
