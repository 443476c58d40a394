/// A string literal of a call: its text, its text cut at each `{}` that was not escaped, and what
/// is wrong with it as a template.
struct IntrinsicText: Sendable {
    let text: String
    let pieces: [String]
    /// The first brace that was neither escaped nor has its other half beside it.
    let unmatched: UnmatchedBrace?
}

extension IntrinsicText {
    /// A template that was not written in the call: it has no escapes.
    init(template: String) {
        var pieces: [String] = []
        var rest = Array(template.utf8)[...]
        var piece: [UInt8] = []
        var unmatched: UnmatchedBrace?
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "{"), rest.first == UInt8(ascii: "}") {
                rest.removeFirst()
                pieces.append(String(decoding: piece, as: UTF8.self))
                piece = []
            } else {
                unmatched = unmatched ?? UnmatchedBrace(byte)
                piece.append(byte)
            }
        }
        pieces.append(String(decoding: piece, as: UTF8.self))
        self.init(text: template, pieces: pieces, unmatched: unmatched)
    }
}

/// A brace of a template of `States.Format` without its other half.
enum UnmatchedBrace: Sendable {
    case opening
    case closing

    /// Nil for a byte that is no brace.
    init?(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"): self = .opening
        case UInt8(ascii: "}"): self = .closing
        default: return nil
        }
    }

    /// How AWS says it (recorded of the closing one, seen of the opening one).
    var reason: String {
        switch self {
        case .opening: "Invalid template in States.Format: matching '}' not found for '{'."
        case .closing: "Invalid template in States.Format: matching '{' not found for '}'."
        }
    }
}
