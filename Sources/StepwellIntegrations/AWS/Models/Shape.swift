/// A shape of a service model.
enum Shape: Sendable {
    case structure(StructureShape)
    case list(MemberShape)
    case map(key: MemberShape, value: MemberShape)
    case string
    case boolean
    /// Whole numbers of any size.
    case integer
    /// Numbers with 32 bits, of which only CBOR knows.
    case float
    case double
    case timestamp
    case blob
}
