package import StepwellLanguage

/// A change of the catalog that has been decided: its record, and what need not be compiled again.
package struct CatalogChange: Sendable {
    package var record: CatalogRecord
    /// The compiled definition when the record brings a text.
    package var compiled: StateMachineDefinition?

    package init(record: CatalogRecord, compiled: StateMachineDefinition? = nil) {
        self.record = record
        self.compiled = compiled
    }
}
