/// The rows of a row group, put together from its columns.
final class ParquetRows {
    private let fields: [ParquetField]
    private let columns: [ParquetColumn]
    /// Rows that were not given yet.
    private(set) var left: Int

    /// Bytes that are read ahead of all columns together, and of one at least and at most.
    private static let ahead = 16 << 20
    private static let windows = 32 << 10...1 << 20

    init(
        _ group: RowGroup,
        _ schema: ParquetSchema,
        of object: ObjectBytes
    ) throws(ParquetFault) {
        fields = schema.fields
        left = group.rows
        let share = Self.ahead / max(1, schema.columns.count)
        let window = min(max(share, Self.windows.lowerBound), Self.windows.upperBound)
        let budget = PageBudget()
        var columns: [ParquetColumn] = []
        for (chunk, column) in zip(group.chunks, schema.columns) {
            columns.append(
                try ParquetColumn(chunk, column, of: object, budget: budget, window: window)
            )
        }
        self.columns = columns
    }

    /// The next row as a JSON object; nil behind the last.
    func next() async throws(ParquetFault) -> [UInt8]? {
        guard left > 0 else {
            for column in columns where !column.isDone { throw column.misplaced }
            return nil
        }
        left -= 1
        var text: [UInt8] = []
        try await append(fields, 0, to: &text)
        try Self.check(text)
        return text
    }

    /// Passes over so many rows, of which there have to be as many.
    func pass(_ count: Int) async throws(ParquetFault) {
        guard count > 0 else { return }
        guard count <= left else { throw .endsEarly }
        let isFlat = fields.allSatisfy { field in
            if case .column = field.shape { field.repetitionLevel == 0 } else { false }
        }
        if isFlat {
            for column in columns { try await column.pass(count) }
            left -= count
        } else {
            for _ in 0..<count { _ = try await next() }
        }
    }

    // MARK: Fields

    private func append(
        _ fields: [ParquetField],
        _ repetition: Int,
        to text: inout [UInt8]
    ) async throws(ParquetFault) {
        text.append(UInt8(ascii: "{"))
        for (place, field) in fields.enumerated() {
            if place > 0 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: field.opening)
            if case .column = field.shape, field.repetition != .repeated {
                let column = columns[field.columns.lowerBound]
                if try !column.prepare() { try await load(column) }
                try append(column, field, repetition, to: &text)
            } else {
                try await append(field, repetition, to: &text)
            }
            try Self.check(text)
        }
        text.append(UInt8(ascii: "}"))
    }

    /// Appends a field that may be there or not, or several times.
    private func append(
        _ field: ParquetField,
        _ repetition: Int,
        to text: inout [UInt8]
    ) async throws(ParquetFault) {
        if field.repetition == .repeated {
            try await appendElements(of: field, nil, repetition, to: &text)
        } else if try await isAbsent(field, repetition) {
            text.append(contentsOf: "null".utf8)
        } else {
            try await appendContent(of: field, repetition, to: &text)
        }
    }

    /// Appends what is in a field that is there.
    private func appendContent(
        of field: ParquetField,
        _ repetition: Int,
        to text: inout [UInt8]
    ) async throws(ParquetFault) {
        switch field.shape {
        case .column:
            let column = columns[field.columns.lowerBound]
            try await load(column)
            try append(column, field, repetition, to: &text)
        case .structure(let fields): try await append(fields, repetition, to: &text)
        case .list(let repeated, let element):
            try await appendElements(of: repeated, element, repetition, to: &text)
        case .map(let repeated, let key, let value):
            try await appendEntries(of: repeated, key, value, repetition, to: &text)
        }
    }

    private func append(
        _ column: ParquetColumn,
        _ field: ParquetField,
        _ repetition: Int,
        to text: inout [UInt8]
    ) throws(ParquetFault) {
        let definition = column.definition
        if let value = try column.take(repetition) {
            if case .bytes(let bytes) = value {
                try Self.check(text, before: bytes.count)
            }
            try column.type.append(value, to: &text)
        } else {
            guard field.repetition == .optional, definition == field.definitionLevel - 1 else {
                throw column.misplaced
            }
            text.append(contentsOf: "null".utf8)
        }
    }

    /// Whether a field is not there; its entries are taken then.
    private func isAbsent(
        _ field: ParquetField,
        _ repetition: Int
    ) async throws(ParquetFault) -> Bool {
        let first = columns[field.columns.lowerBound]
        try await load(first)
        let definition = first.definition
        if definition >= field.definitionLevel { return false }
        guard field.repetition != .required, definition == field.definitionLevel - 1 else {
            throw first.misplaced
        }
        for column in columns[field.columns] {
            try await load(column)
            guard column.definition == definition, try column.take(repetition) == nil else {
                throw column.misplaced
            }
        }
        return true
    }

    // MARK: Repetitions

    /// Appends the elements of a repeated field, or what is in each of them, as an array.
    private func appendElements(
        of repeated: ParquetField,
        _ element: ParquetField?,
        _ repetition: Int,
        to text: inout [UInt8]
    ) async throws(ParquetFault) {
        text.append(UInt8(ascii: "["))
        var repetition = repetition
        var isFirst = true
        while try await isNext(repeated, &repetition, isFirst) {
            if !isFirst { text.append(UInt8(ascii: ",")) }
            isFirst = false
            if let element {
                try await append(element, repetition, to: &text)
            } else {
                try await appendContent(of: repeated, repetition, to: &text)
            }
            try Self.check(text)
        }
        text.append(UInt8(ascii: "]"))
    }

    /// Appends the entries of a map as an object.
    private func appendEntries(
        of repeated: ParquetField,
        _ key: ParquetField,
        _ value: ParquetField,
        _ repetition: Int,
        to text: inout [UInt8]
    ) async throws(ParquetFault) {
        text.append(UInt8(ascii: "{"))
        var repetition = repetition
        var isFirst = true
        while try await isNext(repeated, &repetition, isFirst) {
            if !isFirst { text.append(UInt8(ascii: ",")) }
            isFirst = false
            var name: [UInt8] = []
            try await append(key, repetition, to: &name)
            // A key that is no text stands in quotes.
            let isText = name.first == UInt8(ascii: "\"")
            if !isText { text.append(UInt8(ascii: "\"")) }
            text.append(contentsOf: name)
            if !isText { text.append(UInt8(ascii: "\"")) }
            text.append(UInt8(ascii: ":"))
            try await append(value, repetition, to: &text)
            try Self.check(text)
        }
        text.append(UInt8(ascii: "}"))
    }

    /// Whether a repeated field is there once more; sets the level with which it begins then.
    private func isNext(
        _ field: ParquetField,
        _ repetition: inout Int,
        _ isFirst: Bool
    ) async throws(ParquetFault) -> Bool {
        if isFirst { return try await !isAbsent(field, repetition) }
        let column = columns[field.columns.lowerBound]
        guard try await column.load(), column.repetition == field.repetitionLevel else {
            return false
        }
        repetition = field.repetitionLevel
        return true
    }

    private func load(_ column: ParquetColumn) async throws(ParquetFault) {
        guard try await column.load() else { throw .endsEarly }
    }

    private static func check(_ text: [UInt8], before more: Int = 0) throws(ParquetFault) {
        guard text.count <= ScanBuffer.itemLimit - more else {
            throw .tooLarge("a row of it has more than \(ScanBuffer.itemLimit) bytes of JSON")
        }
    }
}
