package import StepwellHistory
package import StepwellLanguage

/// A definition that the catalog's stream holds: read and compiled when it is needed.
package struct DefinitionRevision: Sendable {
    /// The identity of its text.
    package let digest: DefinitionDigest
    /// The record of the catalog's stream that brought it.
    package let ordinal: Ordinal
    private let library: DefinitionLibrary

    init(digest: DefinitionDigest, ordinal: Ordinal, library: DefinitionLibrary) {
        self.digest = digest
        self.ordinal = ordinal
        self.library = library
    }

    /// The definition's text.
    ///
    /// Throws `StoreError` when its record cannot be read.
    package func text() throws(StoreError) -> String { try library.text(of: self) }

    /// What the text is compiled to; compiles it when that was not done lately.
    ///
    /// Throws `StoreError`: `damaged` when this version cannot compile it, naming the definition
    /// and the place.
    package func compiled() throws(StoreError) -> StateMachineDefinition {
        try library.compiled(self)
    }

    /// What the text is compiled to, when that was done lately.
    package var compiledLately: StateMachineDefinition? { library.compiledLately(digest) }

    /// What an execution runs: the machine itself or, as a child of a distributed Map state, the
    /// item processor of that state.
    ///
    /// Nil when there is no such state. Throws what `compiled()` throws.
    package func machine(
        ofMapState name: String?
    ) throws(StoreError) -> StateMachineDefinition? {
        let machine = try compiled()
        guard let name else { return machine }
        return machine.itemProcessor(ofMapState: name)
    }
}
