/// A field of a schema, with what has to be known to put values into their places.
///
/// S. Melnik et al., "Dremel: Interactive Analysis of Web-Scale Datasets", 2010.
struct ParquetField: Sendable {
    /// What it has in it.
    enum Shape: Sendable {
        case column(ColumnType)
        case structure([ParquetField])
        /// The elements are those of a repeated field: what is in it, or it itself.
        indirect case list(repeated: ParquetField, element: ParquetField?)
        /// The entries are those of a repeated field with a key and a value.
        indirect case map(repeated: ParquetField, key: ParquetField, value: ParquetField)
    }

    var shape: Shape
    /// `"NAME":`, as it stands before the value.
    var opening: [UInt8]
    var repetition: SchemaElement.Repetition
    /// The definition level of entries that are there.
    var definitionLevel: Int
    /// The repetition level of entries that go on with the repetition of the innermost field.
    var repetitionLevel: Int
    /// Its columns, by their place among all.
    var columns: Range<Int>
}
