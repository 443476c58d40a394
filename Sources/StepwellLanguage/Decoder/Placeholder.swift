import StepwellJSON

/// The `${Name}` places that SAM, CloudFormation and Terraform templates leave in a definition.
package enum Placeholder {
    /// The names in `text`, in order.
    package static func names(in text: String) -> [String] {
        var names: [String] = []
        scan(text) { part in
            if case .name(let name) = part { names.append(name) }
        }
        return names
    }

    /// `value` with every known name replaced by its text.
    static func fill(_ value: JSONValue, from names: [String: String]) -> JSONValue {
        switch value {
        case .string(let text): .string(fill(text, from: names))
        case .array(let items): .array(items.map { fill($0, from: names) })
        case .object(let object):
            .object(
                JSONObject(object.map { (fill($0.key, from: names), fill($0.value, from: names)) })
            )
        case .null, .bool, .number: value
        }
    }

    /// `text` with every known name replaced by its text.
    package static func fill(_ text: String, from names: [String: String]) -> String {
        var filled = ""
        scan(text) { part in
            switch part {
            case .text(let text): filled += text
            case .name(let name): filled += names[name] ?? "${\(name)}"
            }
        }
        return filled
    }

    private enum Part {
        case text(String)
        case name(String)
    }

    private static func scan(_ text: String, _ body: (Part) -> Void) {
        var rest = text.utf8[...]
        var plain = rest.startIndex
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            let after = rest.index(after: dollar)
            guard after < rest.endIndex, rest[after] == UInt8(ascii: "{"),
                let close = rest[after...].firstIndex(of: UInt8(ascii: "}"))
            else {
                rest = rest[after...]
                continue
            }
            let name = rest[rest.index(after: after)..<close]
            guard !name.isEmpty, name.allSatisfy(isNameByte) else {
                rest = rest[after...]
                continue
            }
            body(.text(String(text.utf8[plain..<dollar]) ?? ""))
            body(.name(String(name) ?? ""))
            rest = rest[rest.index(after: close)...]
            plain = rest.startIndex
        }
        body(.text(String(text.utf8[plain...]) ?? ""))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
