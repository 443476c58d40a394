/// A value of a CBOR document (RFC 8949).
indirect enum CBORValue: Sendable {
    case integer(Int64)
    case double(Double)
    case bool(Bool)
    case null
    case text(String)
    case bytes([UInt8])
    case array([CBORValue])
    case map([(key: String, value: CBORValue)])
    case tagged(UInt64, CBORValue)
}
