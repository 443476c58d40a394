/// Gives the values of a page, one after another (Parquet's `Encodings.md`).
///
/// How many there are is not known to it: it decodes what it is asked for, and throws when nothing
/// is left.
protocol ValueDecoder: Sendable {
    mutating func next() throws(ParquetFault) -> ParquetValue
}

extension ColumnType {
    /// What decodes values of this type that are written in an encoding.
    func decoder(
        _ encoding: Int64,
        _ bytes: [UInt8],
        _ range: Range<Int>,
        dictionary: PlainValues?
    ) throws(ParquetFault) -> any ValueDecoder {
        let isWhole = physical == .int32 || physical == .int64
        let isBytes = physical == .byteArray || physical == .fixedByteArray
        switch encoding {
        case 0: return PlainDecoder(self, bytes, range)
        case 2, 8:
            guard let dictionary else { throw .malformed("\(name) has no dictionary") }
            return try DictionaryDecoder(dictionary, bytes, range)
        case 3 where physical == .boolean: return try BooleanRunDecoder(bytes, range)
        case 5 where isWhole: return try DeltaDecoder(bytes, range, is32Bits: physical == .int32)
        case 6 where physical == .byteArray: return try DeltaLengthDecoder(bytes, range)
        case 7 where isBytes: return try DeltaBytesDecoder(self, bytes, range)
        case 9 where physical != .boolean && physical != .byteArray && physical != .int96:
            return SplitDecoder(self, bytes, range)
        default: throw .unsupported("\(name) has values in the encoding \(encoding)")
        }
    }

    /// The bytes of a value of this type; nil when they differ, or are less than one.
    var width: Int? {
        switch physical {
        case .boolean, .byteArray: nil
        case .int32, .float: 4
        case .int64, .double: 8
        case .int96: 12
        case .fixedByteArray: length
        }
    }

    /// The value of so many bytes.
    func value(_ bytes: [UInt8], _ range: Range<Int>) -> ParquetValue {
        let start = range.lowerBound
        return switch physical {
        case .int32: .integer(Int64(Int32(bitPattern: UInt32(littleEndian: bytes, start))))
        case .int64: .integer(Int64(bitPattern: UInt64(littleEndian: bytes, start)))
        case .float: .float(Float(bitPattern: UInt32(littleEndian: bytes, start)))
        case .double: .double(Double(bitPattern: UInt64(littleEndian: bytes, start)))
        case .boolean: .bool(bytes[start] & 1 == 1)
        case .int96, .byteArray, .fixedByteArray: .bytes(bytes[range])
        }
    }
}
