/// Reads the catalog of a store that no engine runs on.
package enum CatalogReader {
    /// The catalog that the store's catalog stream adds up to.
    ///
    /// Definitions are read and compiled when they are asked for, so that one that this version
    /// cannot compile costs those who ask for it. Throws `StoreError`: `damaged` when the stream
    /// cannot be read.
    package static func catalog(in store: any EventStore) throws(StoreError) -> Catalog {
        let library = DefinitionLibrary(
            store: store,
            byteLimit: EngineLimits().definitionCacheBytes
        )
        var keeper = CatalogKeeper(library: library, snapshotFloor: .max)
        try keeper.load(from: store)
        return keeper.catalog
    }
}
