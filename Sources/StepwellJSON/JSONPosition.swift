/// A place in a text.
public struct JSONPosition: Sendable, Hashable {
    /// The byte, from 0.
    public let offset: Int
    /// The line, from 1; lines end with LF, CR or CR LF.
    public let line: Int
    /// The column in characters (Unicode scalars), from 1.
    public let column: Int

    package init(offset: Int, line: Int, column: Int) {
        self.offset = offset
        self.line = line
        self.column = column
    }

    /// The position of a byte of UTF-8; counts from the start, so it is for messages only.
    package init(offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        var line = 1
        var column = 1
        var previous: UInt8 = 0
        for byte in bytes[..<min(offset, bytes.count)] {
            switch byte {
            case JSONByte.lineFeed where previous == JSONByte.carriageReturn: break
            case JSONByte.lineFeed, JSONByte.carriageReturn:
                line += 1
                column = 1
            case 0x80..<0xC0: break
            default: column += 1
            }
            previous = byte
        }
        self.init(offset: offset, line: line, column: column)
    }
}
