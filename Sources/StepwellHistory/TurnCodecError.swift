/// Why bytes are not a turn.
package struct TurnCodecError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: Sendable, Equatable {
        /// The bytes end too early.
        case truncated
        /// Written by a version of the format that this engine does not know.
        case unknownVersion(UInt8)
        /// The stored digest is not that of the content.
        case digestMismatch
        /// A payload of an earlier turn, which could not be found.
        case unresolved(PayloadLocation)
        /// A value that the format does not have; says of what.
        case invalid(String)
    }

    package let code: Code
    /// The index of the byte where it was seen; nil when it concerns the whole.
    package let position: Int?

    package init(_ code: Code, at position: Int? = nil) {
        self.code = code
        self.position = position
    }

    init(_ error: ByteReaderError) {
        switch error.code {
        case .truncated: self.init(.truncated, at: error.position)
        case .invalid(let what): self.init(.invalid(what), at: error.position)
        }
    }

    /// The failure as a sentence.
    package var description: String {
        let place = position.map { " at byte \($0)" } ?? ""
        switch code {
        case .truncated:
            return "the turn ends too early\(place)"
        case .unknownVersion(let version):
            return "the turn has format version \(version); this engine reads \(TurnCodec.version)"
        case .digestMismatch:
            return "the turn's digest does not agree with its content"
        case .unresolved(let location):
            return "the turn refers to payload \(location.field) of record "
                + "\(location.ordinal.rawValue), which was not found"
        case .invalid(let what):
            return "the turn has no valid \(what)\(place)"
        }
    }
}
