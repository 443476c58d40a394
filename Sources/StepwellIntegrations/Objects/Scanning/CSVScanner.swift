import StepwellJSON

/// A text of delimited values: each row is an object of strings under the names of its columns.
///
/// As recorded: a row may have fewer values than there are columns, which are empty strings then,
/// or more, which are left out; an empty line is no row.
struct CSVScanner: ItemScanner {
    private var buffer: ScanBuffer
    private let delimiter: UInt8
    private var headers: [String]?
    /// `"NAME":"` of each column, nil for one whose name a later one has too.
    private var openings: [[UInt8]?] = []
    private var isAtStart: Bool
    /// How far the row at hand has been looked through already, and where in a value that ends.
    private var searched = 0
    private var part = ValuePart.start

    /// Where in a value a byte is: quotes within a value that does not begin with them are its own.
    private enum ValuePart: Sendable {
        case start
        case plain
        case quoted
        /// Behind quotes in quotes: the end, or the first of two that stand for one.
        case closed
    }

    /// The most bytes that a row of column names may have (developer guide, "ItemReader (Map)").
    private static let headerLimit = 10 << 10

    /// `headers` are the columns, nil when the first row names them.
    init(delimiter: UInt8, headers: [String]?, from place: ScanPlace = ScanPlace()) {
        buffer = ScanBuffer(at: place.offset)
        self.delimiter = delimiter
        isAtStart = place.offset == 0
        if let known = place.headers ?? headers { name(known) }
    }

    var isDone: Bool { buffer.isEnded && buffer.remaining == 0 }

    var place: ScanPlace { ScanPlace(offset: buffer.offset, headers: headers) }

    mutating func feed(_ bytes: [UInt8]) {
        buffer.feed(bytes)
        if isAtStart, buffer.remaining >= 3 {
            isAtStart = false
            let mark = buffer.bytes[buffer.index..<buffer.index + 3]
            if mark.elementsEqual([0xEF, 0xBB, 0xBF]) { buffer.index += 3 }
        }
    }

    mutating func end() {
        isAtStart = false
        buffer.end()
    }

    mutating func next() throws(ItemTextFault) -> ScannedItem? {
        guard !isAtStart else { return nil }
        while let row = try row() {
            if row.isEmpty { continue }
            guard headers != nil else {
                guard row.count <= Self.headerLimit else {
                    throw ItemTextFault("The CSV headers are larger than 10 KiB.")
                }
                name(Self.values(of: row, delimiter).map { String(decoding: $0, as: UTF8.self) })
                continue
            }
            return ScannedItem(text: object(of: Self.values(of: row, delimiter)))
        }
        return nil
    }

    private mutating func name(_ names: [String]) {
        headers = names
        openings = names.enumerated().map { place, name in
            let isRepeated = names.dropFirst(place + 1).contains {
                $0.utf8.elementsEqual(name.utf8)
            }
            return isRepeated ? nil : JSONWriter.write(.string(name)) + Array(":\"".utf8)
        }
    }

    /// The next row without its end; nil when it is not all there.
    private mutating func row() throws(ItemTextFault) -> ArraySlice<UInt8>? {
        let start = buffer.index
        var index = start + searched
        let bytes = buffer.bytes
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                switch part {
                case .start, .closed: part = .quoted
                case .quoted: part = .closed
                case .plain: break
                }
            } else if part != .quoted {
                if byte == UInt8(ascii: "\n") { return take(start..<index, next: index + 1) }
                part = byte == delimiter ? .start : .plain
            }
            index += 1
        }
        searched = index - start
        guard searched <= ScanBuffer.itemLimit else {
            throw .tooLarge("The row", at: buffer.offset)
        }
        guard buffer.isEnded, searched > 0 else { return nil }
        guard part != .quoted else {
            throw ItemTextFault("The quotes of the row at byte \(buffer.offset) have no end.")
        }
        return take(start..<index, next: index)
    }

    private mutating func take(_ row: Range<Int>, next: Int) -> ArraySlice<UInt8> {
        searched = 0
        part = .start
        buffer.index = next
        let row = buffer.bytes[row]
        return row.last == UInt8(ascii: "\r") ? row.dropLast() : row
    }

    /// The values of a row, without their quotes.
    private static func values(of row: ArraySlice<UInt8>, _ delimiter: UInt8) -> [[UInt8]] {
        let quote = UInt8(ascii: "\"")
        var values: [[UInt8]] = []
        var value: [UInt8] = []
        var isQuoted = false
        var index = row.startIndex
        while index < row.endIndex {
            let byte = row[index]
            if isQuoted {
                if byte != quote {
                    value.append(byte)
                } else if index + 1 < row.endIndex, row[index + 1] == quote {
                    value.append(quote)
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if byte == delimiter {
                values.append(value)
                value.removeAll(keepingCapacity: true)
            } else if byte == quote, value.isEmpty {
                isQuoted = true
            } else {
                value.append(byte)
            }
            index += 1
        }
        values.append(value)
        return values
    }

    /// A row as JSON text.
    private func object(of values: [[UInt8]]) -> [UInt8] {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for (column, opening) in openings.enumerated() {
            guard let opening else { continue }
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: opening)
            if column < values.count { text.appendInsideString(values[column]) }
            text.append(UInt8(ascii: "\""))
        }
        text.append(UInt8(ascii: "}"))
        return text
    }
}
