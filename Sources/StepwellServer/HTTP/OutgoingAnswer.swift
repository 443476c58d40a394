/// An answer on its way to the client, a piece at a time.
struct OutgoingAnswer {
    /// What was not given to the connection yet.
    private(set) var rest: ArraySlice<UInt8>
    /// Whether the connection is kept behind it.
    let keepAlive: Bool
    /// Called when it does not reach the client.
    let undelivered: (@Sendable () -> Void)?

    /// The bytes of a piece: what a client has to take of an answer to be seen to move.
    private static let pieceBytes = 131_072

    /// An answer with a body, none of which is on its way yet.
    init(_ body: [UInt8], keepAlive: Bool, undelivered: (@Sendable () -> Void)?) {
        rest = body[...]
        self.keepAlive = keepAlive
        self.undelivered = undelivered
    }

    /// The next piece; the last one of an answer may be empty.
    mutating func nextPiece() -> ArraySlice<UInt8> {
        let piece = rest.prefix(Self.pieceBytes)
        rest = rest.dropFirst(piece.count)
        return piece
    }
}
