import Testing

@testable import StepwellIntegrations

/// The shapes are those of Parquet's `LogicalTypes.md`, its rules for older writers among them.
@Suite("Lists and maps in the schemas of Parquet files")
struct ParquetSchemaTests {
    private static func group(
        _ name: String,
        _ children: Int,
        _ repetition: SchemaElement.Repetition = .optional,
        _ annotation: ColumnAnnotation? = nil
    ) -> SchemaElement {
        SchemaElement(
            name: Array(name.utf8),
            repetition: repetition,
            children: children,
            annotation: annotation
        )
    }

    private static func column(
        _ name: String,
        _ repetition: SchemaElement.Repetition = .optional
    ) -> SchemaElement {
        SchemaElement(name: Array(name.utf8), physical: .int32, repetition: repetition)
    }

    /// What the first field of a schema with these elements is, in short.
    private static func shape(_ elements: [SchemaElement]) throws -> String {
        let root = group("schema", 1, .required)
        let schema = try ParquetSchema([root] + elements)
        return switch schema.fields[0].shape {
        case .column: "column"
        case .structure: "structure"
        case .list(_, nil): "list of what is repeated"
        case .list(_, .some): "list of what is in it"
        case .map: "map"
        }
    }

    @Test("told apart by names and parts")
    func shapes() throws {
        let list = Self.group("tags", 1, .optional, .list)
        let map = Self.group("by", 1, .optional, .map)
        let parts = [Self.column("a", .required), Self.column("b")]
        let expected: [(elements: [SchemaElement], shape: String)] = [
            ([Self.column("a")], "column"), ([Self.group("s", 2)] + parts, "structure"),
            (
                [list, Self.group("list", 1, .repeated), Self.column("element")],
                "list of what is in it"
            ),
            (
                [list, Self.group("bag", 1, .repeated), Self.column("array_element")],
                "list of what is in it"
            ),
            ([list, Self.column("element", .repeated)], "list of what is repeated"),
            ([list, Self.group("element", 2, .repeated)] + parts, "list of what is repeated"),
            (
                [list, Self.group("array", 1, .repeated), Self.column("a")],
                "list of what is repeated"
            ),
            (
                [list, Self.group("tags_tuple", 1, .repeated), Self.column("a")],
                "list of what is repeated"
            ),
            ([Self.group("s", 1), Self.column("a", .repeated)], "structure"),
            ([map, Self.group("key_value", 2, .repeated)] + parts, "map"),
            ([map, Self.group("map", 2, .repeated, .map)] + parts, "map"),
            ([map, Self.group("key_value", 1, .repeated), Self.column("key")], "structure"),
        ]
        for (elements, shape) in expected { #expect(try Self.shape(elements) == shape) }
    }

    @Test("levels count what may be absent and what is repeated")
    func levels() throws {
        let schema = try ParquetSchema([
            Self.group("schema", 2, .required), Self.group("tags", 1, .optional, .list),
            Self.group("list", 1, .repeated), Self.column("element"), Self.column("n", .required),
        ])
        #expect(schema.columns.map(\.definitionLevel) == [3, 0])
        #expect(schema.columns.map(\.repetitionLevel) == [1, 0])
        #expect(schema.fields.map(\.columns) == [0..<1, 1..<2])
    }

    @Test("what is no schema is refused")
    func faults() {
        let deep = (0..<40).map { Self.group("g\($0)", 1) } + [Self.column("a")]
        let wrong: [[SchemaElement]] = [
            [], [Self.column("a")], [Self.group("schema", 0)],
            [Self.group("schema", 2), Self.column("a")],
            [Self.group("schema", 1), Self.column("a"), Self.column("b")],
            [Self.group("schema", 2), Self.column("a"), Self.column("a")],
            [Self.group("schema", Int.max), Self.column("a")], [Self.group("schema", 1)] + deep,
        ]
        for elements in wrong {
            #expect(throws: ParquetFault.self) { try ParquetSchema(elements) }
        }
    }
}
