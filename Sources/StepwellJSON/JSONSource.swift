/// The text of a JSON value, which tells where a part of the value was written.
///
/// Each question scans the text from its start: it is for messages, not for reading.
public struct JSONSource: Sendable {
    private let bytes: [UInt8]

    /// The text, as UTF-8, of a JSON value.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Where the value that a pointer leads to begins; `nil` when the text has no such value.
    public func position(of pointer: JSONPointer) -> JSONPosition? {
        find(pointer).map { position($0.value.lowerBound) }
    }

    /// Where the key begins (with its quote) whose value a pointer leads to; `nil` when the text
    /// has no such value, or it is no member of an object.
    public func keyPosition(of pointer: JSONPointer) -> JSONPosition? {
        find(pointer)?.key.map { position($0.lowerBound) }
    }

    /// The bytes of the value that a pointer leads to; `nil` when the text has no such value.
    public func range(of pointer: JSONPointer) -> Range<Int>? {
        find(pointer)?.value
    }

    private func position(_ offset: Int) -> JSONPosition {
        bytes.withUnsafeBufferPointer { JSONPosition(offset: offset, in: $0) }
    }

    private func find(_ pointer: JSONPointer) -> JSONReader.Place? {
        bytes.withUnsafeBufferPointer { buffer in
            do throws(JSONFailure) {
                var reader = JSONReader(
                    buffer,
                    maximumDepth: JSONParser.greatestMaximumDepth
                )
                return try reader.find(pointer.tokens)
            } catch {
                // What is no JSON has no places; the parser says why.
                return nil
            }
        }
    }
}
