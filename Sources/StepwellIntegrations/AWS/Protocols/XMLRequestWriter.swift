/// Writes bodies of the protocol rest-xml.
struct XMLRequestWriter {
    private var bytes: [UInt8] = []

    /// The document whose root has a name.
    static func write(_ value: WireValue, _ member: MemberShape, named name: String) -> [UInt8] {
        var writer = XMLRequestWriter()
        writer.write(value, member.traits, name)
        return writer.bytes
    }

    private mutating func write(_ value: WireValue, _ traits: ShapeTraits, _ name: String) {
        switch value {
        case .structure(let members):
            let attributes = members.filter { $0.member.traits.isXMLAttribute }
            open(
                name,
                traits,
                attributes.map { ($0.member.wireName, ScalarText.text($0.value, nil, .iso8601)) }
            )
            for (member, value) in members where !member.traits.isXMLAttribute {
                write(value, member.traits, member.wireName)
            }
            close(name)
        case .list(let element, let values):
            if traits.isFlattened {
                for value in values { write(value, element.traits, name) }
            } else {
                open(name, traits, [])
                for value in values {
                    write(value, element.traits, element.traits.locationName ?? "member")
                }
                close(name)
            }
        case .map(let key, let element, let entries):
            if !traits.isFlattened { open(name, traits, []) }
            for entry in entries {
                let entryName = traits.isFlattened ? name : "entry"
                open(entryName, nil, [])
                write(.string(entry.key), key.traits, key.traits.locationName ?? "key")
                write(entry.value, element.traits, element.traits.locationName ?? "value")
                close(entryName)
            }
            if !traits.isFlattened { close(name) }
        default:
            open(name, traits, [])
            append(escaped: ScalarText.text(value, traits, .iso8601))
            close(name)
        }
    }

    private mutating func open(
        _ name: String,
        _ traits: ShapeTraits?,
        _ attributes: [(String, String)]
    ) {
        bytes.append(contentsOf: "<\(name)".utf8)
        var attributes = attributes
        if let namespace = traits?.xmlNamespace {
            attributes.insert(
                (namespace.prefix.map { "xmlns:\($0)" } ?? "xmlns", namespace.uri),
                at: 0
            )
        }
        for (name, value) in attributes {
            bytes.append(contentsOf: " \(name)=\"".utf8)
            append(escaped: value)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func close(_ name: String) {
        bytes.append(contentsOf: "</\(name)>".utf8)
    }

    private mutating func append(escaped text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
            case 0x0D: bytes.append(contentsOf: "&#xD;".utf8)
            default: bytes.append(byte)
            }
        }
    }
}
