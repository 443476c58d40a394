import StepwellHistory
import Testing

@Suite("The primitives of the binary forms")
struct ByteReaderTests {
    @Test("What was written is read")
    func roundTrip() throws {
        let numbers: [UInt64] = [0, 1, 127, 128, 16_383, 16_384, 1 << 63, .max]
        let signed: [Int64] = [0, -1, 1, -64, 64, .min, .max]
        let texts = ["", "é", String(repeating: "x", count: 300)]
        var writer = ByteWriter(capacity: 1)
        for number in numbers { writer.writeVarint(number) }
        for number in signed { writer.writeSigned(number) }
        for text in texts { writer.writeString(text) }
        writer.writeFixed(UInt16(0x1234))
        writer.writeFixed(UInt64(0x0123_4567_89AB_CDEF))
        writer.write(true)
        writer.writeBytes([1, 2, 3])
        writer.writeOptionalString(nil)
        writer.writeOptionalString("s")
        writer.writeOptional(5) { $0.writeCount($1) }
        var reader = ByteReader(writer.bytes)
        for number in numbers { #expect(try reader.readVarint() == number) }
        for number in signed { #expect(try reader.readSigned() == number) }
        for text in texts { #expect(try reader.readString() == text) }
        #expect(try reader.readFixed16() == 0x1234)
        #expect(try reader.readFixed64() == 0x0123_4567_89AB_CDEF)
        #expect(try reader.readFlag())
        #expect(try reader.readBytes() == [1, 2, 3])
        #expect(try reader.readOptionalString() == nil)
        #expect(try reader.readOptionalString() == "s")
        let count = try reader.readOptional { reader throws(ByteReaderError) in
            try reader.readCount()
        }
        #expect(count == 5)
        #expect(reader.isAtEnd)
    }

    @Test("What is no value is refused at its place")
    func refused() {
        func expect<Value>(
            _ bytes: [UInt8],
            _ error: ByteReaderError,
            _ read: (inout ByteReader) throws -> Value
        ) {
            #expect(throws: error) {
                var reader = ByteReader(bytes)
                _ = try read(&reader)
            }
        }
        let long = [UInt8](repeating: 0xFF, count: 9)
        expect([], ByteReaderError(.truncated, at: 0)) { try $0.readByte() }
        expect([0x80], ByteReaderError(.truncated, at: 1)) { try $0.readVarint() }
        expect(long + [2], ByteReaderError(.invalid("varint"), at: 9)) { try $0.readVarint() }
        expect(long + [0xFF, 1], ByteReaderError(.invalid("varint"), at: 9)) {
            try $0.readVarint()
        }
        expect(long + [1], ByteReaderError(.invalid("count"), at: 10)) { try $0.readCount() }
        expect(long + [1], ByteReaderError(.invalid("count"), at: 10)) { try $0.readBytes() }
        expect([5, 1, 2], ByteReaderError(.truncated, at: 1)) { try $0.readBytes() }
        expect([2, 0xC3, 0x28], ByteReaderError(.invalid("UTF-8"), at: 0)) {
            try $0.readString()
        }
        expect([2], ByteReaderError(.invalid("flag"), at: 0)) { try $0.readFlag() }
        expect([1, 2, 3], ByteReaderError(.truncated, at: 0)) { try $0.readFixed64() }
        expect([3, 1], ByteReaderError(.truncated, at: 1)) { try $0.readElementCount() }
    }
}
