/// Why an object is not read as Parquet.
enum ParquetFault: Error, Sendable, Equatable {
    /// Something ends before all is there that it says.
    case endsEarly
    /// The bytes are not what the format demands; what is wrong with them.
    case malformed(String)
    /// Parquet of a kind that is not read; which.
    case unsupported(String)
    /// More than AWS takes (developer guide, "ItemReader (Map)"); of what.
    case tooLarge(String)
    case object(ObjectFault)

    /// As a failure's cause says it of an object.
    func cause(of object: ObjectName) -> String {
        switch self {
        case .endsEarly: "\(object) is not a valid Parquet file: it ends too early."
        case .malformed(let what): "\(object) is not a valid Parquet file: \(what)."
        case .unsupported(let what): "The Parquet file \(object) cannot be read: \(what)."
        case .tooLarge(let what): "The Parquet file \(object) is too large: \(what)."
        case .object(let fault): fault.cause
        }
    }
}
