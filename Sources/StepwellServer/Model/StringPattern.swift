import StepwellTriggers

/// A form that strings have to have, with the regular expression that the service model prints.
struct StringPattern: Sendable {
    /// The regular expression, for messages.
    let text: String
    /// Whether a string has the form.
    let matches: @Sendable (String) -> Bool

    /// `CharacterRestrictedName`, of aliases: letters, digits, `_`, `-` and `.`, but not digits
    /// alone.
    static let aliasName = StringPattern(
        text: #"^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$"#
    ) { name in
        var isNumber = true
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): continue
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                isNumber = false
            default: return false
            }
        }
        return !isNumber
    }

    /// `ClientToken`: visible ASCII characters.
    static let visible = StringPattern(text: "[!-~]+") { text in
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Names of rules and targets of EventBridge.
    static let eventName = StringPattern(text: #"[\.\-_A-Za-z0-9]+"#) { text in
        !text.isEmpty && text.utf8.allSatisfy(Self.isNameByte)
    }

    /// Names of event buses.
    static let eventBusName = StringPattern(text: #"[/\.\-_A-Za-z0-9]+"#) { text in
        !text.isEmpty && text.utf8.allSatisfy { Self.isNameByte($0) || $0 == UInt8(ascii: "/") }
    }

    /// Names and ARNs of event buses.
    static let eventBusNameOrARN = StringPattern(
        text: #"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?"#
            + #"[/\.\-_A-Za-z0-9]+"#
    ) { text in
        let name = EventBusARN(text)?.name ?? text
        return eventBusName.matches(name)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            || "._-".utf8.contains(byte)
    }

    /// Keys and values of tags.
    ///
    /// The service model's `TagList`: Unicode letters, digits, white space, or `_.:/=+-@`.
    static let tag = StringPattern(text: #"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$"#) { text in
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter,
                .otherLetter, .decimalNumber, .letterNumber, .otherNumber, .spaceSeparator,
                .lineSeparator, .paragraphSeparator:
                true
            default: "_.:/=+-@".unicodeScalars.contains(scalar)
            }
        }
    }
}
