/// Cuts what a program writes into lines, bounded in length.
///
/// A carriage return ends one too: Lambda's runtime client for Python ends the lines of a stack
/// trace so.
package struct LineSplitter: Sendable {
    /// A line without its end; longer ones are cut, and the rest of them is left out.
    package static let maximumBytes = 16 << 10

    private var line: [UInt8] = []
    private var isCut = false
    private var followsReturn = false

    package init() {}

    /// The lines that end with these bytes, as text.
    package mutating func append(_ bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            let endsReturn = followsReturn && byte == UInt8(ascii: "\n")
            followsReturn = byte == UInt8(ascii: "\r")
            if endsReturn { continue }
            if followsReturn || byte == UInt8(ascii: "\n") {
                lines.append(take())
            } else if line.count < Self.maximumBytes {
                line.append(byte)
            } else {
                isCut = true
            }
        }
        return lines
    }

    /// The line that has no end yet; nil when there is none.
    package mutating func finish() -> String? {
        line.isEmpty && !isCut ? nil : take()
    }

    private mutating func take() -> String {
        defer {
            line.removeAll(keepingCapacity: true)
            isCut = false
        }
        return String(decoding: line, as: UTF8.self) + (isCut ? "…" : "")
    }
}
