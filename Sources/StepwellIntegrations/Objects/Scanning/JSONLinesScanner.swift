/// A text with one JSON value a line; lines without any are passed over.
struct JSONLinesScanner: ItemScanner {
    private var buffer: ScanBuffer
    /// How far the line at hand has been looked through already.
    private var searched = 0

    init(from place: ScanPlace = ScanPlace()) {
        buffer = ScanBuffer(at: place.offset)
    }

    var isDone: Bool { buffer.isEnded && buffer.remaining == 0 }

    var place: ScanPlace { ScanPlace(offset: buffer.offset) }

    mutating func feed(_ bytes: [UInt8]) { buffer.feed(bytes) }

    mutating func end() { buffer.end() }

    mutating func next() throws(ItemTextFault) -> ScannedItem? {
        while let line = try line() {
            if let text = Self.trimmed(line) { return ScannedItem(text: text) }
        }
        return nil
    }

    /// The next line without its end; nil when it is not all there.
    private mutating func line() throws(ItemTextFault) -> ArraySlice<UInt8>? {
        let start = buffer.index
        let rest = buffer.bytes[(start + searched)...]
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            buffer.index = end + 1
            searched = 0
            return buffer.bytes[start..<end]
        }
        searched = buffer.remaining
        guard searched <= ScanBuffer.itemLimit else {
            throw .tooLarge("The line", at: buffer.offset)
        }
        guard buffer.isEnded, buffer.remaining > 0 else { return nil }
        searched = 0
        buffer.index = buffer.bytes.count
        return buffer.bytes[start...]
    }

    /// A line without white space around it, nil when it is nothing else; the mark that a text may
    /// begin with counts as such.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        var line = line
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
        guard let first = line.firstIndex(where: { !isSpace($0) }),
            let last = line.lastIndex(where: { !isSpace($0) })
        else { return nil }
        return Array(line[first...last])
    }
}
