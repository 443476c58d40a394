import StepwellJSON

/// The fields of a file's rows.
struct ParquetSchema: Sendable {
    /// How deep fields may be in each other.
    private static let depth = 32
    /// The most columns and groups.
    static let limit = 10_000

    static let tooMany = ParquetFault.unsupported(
        "its schema has more than \(limit) columns and groups"
    )

    let fields: [ParquetField]
    /// Its columns, and the levels that their entries have at most.
    let columns: [Column]

    struct Column: Sendable {
        var type: ColumnType
        var definitionLevel: Int
        var repetitionLevel: Int
    }

    init(_ elements: [SchemaElement]) throws(ParquetFault) {
        guard elements.count <= Self.limit else {
            throw Self.tooMany
        }
        guard let root = elements.first, root.physical == nil else {
            throw .malformed("it has no schema")
        }
        var builder = Builder(elements)
        builder.next = 1
        fields = try builder.fields(of: root, definition: 0, repetition: 0, depth: Self.depth)
        columns = builder.columns
        guard builder.next == elements.count else {
            throw .malformed("its schema has elements that belong to nothing")
        }
    }

    /// Throws when a row group has other columns.
    func check(_ group: RowGroup) throws(ParquetFault) {
        guard group.chunks.count == columns.count else {
            throw .malformed("a row group has other columns than the schema")
        }
        // Columns at the same place are each read by themselves; a header or two are forgiven.
        let bytes = group.chunks.reduce(0) { $0 + $1.range.count }
        guard bytes <= PageBudget.limit + 100 * group.chunks.count else { throw PageBudget.fault }
        for (chunk, column) in zip(group.chunks, columns)
        where chunk.physical != Int64(column.type.physical.rawValue) {
            throw .malformed("\(column.type.name) has another type than the schema says")
        }
    }

    private struct Builder {
        let elements: [SchemaElement]
        var next = 0
        var columns: [Column] = []

        init(_ elements: [SchemaElement]) {
            self.elements = elements
        }

        mutating func fields(
            of group: SchemaElement,
            definition: Int,
            repetition: Int,
            depth: Int
        ) throws(ParquetFault) -> [ParquetField] {
            guard depth > 0 else {
                throw .unsupported("its fields are more than \(ParquetSchema.depth) deep")
            }
            guard group.children > 0 else {
                throw .unsupported("\(group.shownName) is a group without columns")
            }
            var fields: [ParquetField] = []
            var names: Set<String> = []
            for _ in 0..<group.children {
                guard next < elements.count else { throw .malformed("its schema is not whole") }
                let element = elements[next]
                next += 1
                guard names.insert(String(decoding: element.name, as: UTF8.self)).inserted else {
                    throw .unsupported("\(element.shownName) is there twice")
                }
                fields.append(try field(element, definition, repetition, depth))
            }
            return fields
        }

        private mutating func field(
            _ element: SchemaElement,
            _ definition: Int,
            _ repetition: Int,
            _ depth: Int
        ) throws(ParquetFault) -> ParquetField {
            let definition = definition + (element.repetition == .required ? 0 : 1)
            let repetition = repetition + (element.repetition == .repeated ? 1 : 0)
            let first = columns.count
            let shape: ParquetField.Shape
            if element.physical == nil {
                let fields = try fields(
                    of: element,
                    definition: definition,
                    repetition: repetition,
                    depth: depth - 1
                )
                shape = Self.shape(of: element, fields)
            } else {
                guard element.children == 0 else {
                    throw .malformed("\(element.shownName) has a type and parts")
                }
                let type = try ColumnType(element)
                columns.append(
                    Column(type: type, definitionLevel: definition, repetitionLevel: repetition)
                )
                shape = .column(type)
            }
            let name = String(decoding: element.name, as: UTF8.self)
            return ParquetField(
                shape: shape,
                opening: JSONWriter.write(.string(name)) + [UInt8(ascii: ":")],
                repetition: element.repetition,
                definitionLevel: definition,
                repetitionLevel: repetition,
                columns: first..<columns.count
            )
        }

        /// A list or a map, when the group is one by Parquet's `LogicalTypes.md`, its rules for
        /// older writers among them; else a structure.
        private static func shape(
            of group: SchemaElement,
            _ fields: [ParquetField]
        ) -> ParquetField.Shape {
            guard group.repetition != .repeated, fields.count == 1,
                fields[0].repetition == .repeated
            else { return .structure(fields) }
            let repeated = fields[0]
            switch (group.annotation, repeated.shape) {
            case (.list, .structure(let parts)):
                let name = repeated.opening.dropFirst().dropLast(2)
                let isElement =
                    parts.count > 1 || parts[0].repetition == .repeated
                    || name.elementsEqual("array".utf8)
                    || name.elementsEqual(group.name + Array("_tuple".utf8))
                return .list(repeated: repeated, element: isElement ? nil : parts[0])
            case (.list, _): return .list(repeated: repeated, element: nil)
            case (.map, .structure(let parts)) where parts.count == 2:
                guard case .column = parts[0].shape, parts[0].repetition != .repeated else {
                    return .structure(fields)
                }
                return .map(repeated: repeated, key: parts[0], value: parts[1])
            default: return .structure(fields)
            }
        }
    }
}
