import StepwellIntegrations
import StepwellJSON

extension TemplateScope {
    /// `Fn::If`.
    func chosen(at place: JSONPointer, depth: Int) throws(SettingsProblem) -> JSONValue? {
        guard let items = document.value[place]?.arrayValue, items.count == 3,
            let name = items[0].stringValue
        else { throw document.problem("Fn::If has a condition and two values", at: place) }
        let holds = try holds(name, at: place.appending(0), depth: depth)
        return try value(at: place.appending(holds ? 1 : 2), depth: depth)
    }

    /// The functions that make a condition.
    func judged(
        _ name: String,
        at place: JSONPointer,
        depth: Int
    ) throws(SettingsProblem) -> Bool {
        let items = try list(at: place, depth: depth)
        if name == "Fn::Equals" {
            guard items.count == 2 else {
                throw document.problem("Fn::Equals has two values", at: place)
            }
            // Parameters are texts, whatever they are written as.
            if let left = items[0].plainText, let right = items[1].plainText {
                return left == right
            }
            return items[0] == items[1]
        }
        var flags: [Bool] = []
        for item in items {
            guard let flag = item.boolValue else {
                throw document.problem("\(name) has conditions", at: place)
            }
            flags.append(flag)
        }
        switch name {
        case "Fn::And": return flags.allSatisfy(\.self)
        case "Fn::Or": return flags.contains(true)
        default:
            guard flags.count == 1 else {
                throw document.problem("Fn::Not has one condition", at: place)
            }
            return !flags[0]
        }
    }

    /// The functions that make a value of others.
    func computed(
        _ name: String,
        at place: JSONPointer,
        depth: Int
    ) throws(SettingsProblem) -> JSONValue {
        switch name {
        case "Fn::Base64":
            return .string(Base64Text.encoded(try text(at: place, depth: depth) ?? ""))
        case "Fn::ToJsonString":
            return .string(JSONWriter.string(try value(at: place, depth: depth) ?? .null))
        case "Fn::Length":
            return .number(JSONNumber(Int64(try list(at: place, depth: depth).count)))
        case "Fn::GetAZs":
            let region = try text(at: place, depth: depth) ?? ""
            let base = region.isEmpty ? settings.region : region
            return .array(["a", "b", "c"].map { .string(base + $0) })
        default: break
        }
        let items = try list(at: place, depth: depth)
        switch name {
        case "Fn::Join":
            guard items.count == 2, let separator = items[0].plainText,
                let parts = items[1].arrayValue
            else { throw document.problem("Fn::Join has a text and a list", at: place) }
            return .string(parts.compactMap(\.plainText).joined(separator: separator))
        case "Fn::Split":
            guard items.count == 2, let separator = items[0].plainText, !separator.isEmpty,
                let text = items[1].plainText
            else { throw document.problem("Fn::Split has two texts", at: place) }
            let parts = text.split(separator: separator, omittingEmptySubsequences: false)
            return .array(parts.map { .string(String($0)) })
        case "Fn::Select":
            guard items.count == 2, let index = items[0].plainText.flatMap(Int.init),
                let values = items[1].arrayValue, values.indices.contains(index)
            else {
                throw document.problem(
                    "Fn::Select has the number of an element, from 0, and a list",
                    at: place
                )
            }
            return values[index]
        default: return try found(items, at: place)
        }
    }

    /// `Fn::FindInMap`.
    private func found(
        _ items: [JSONValue],
        at place: JSONPointer
    ) throws(SettingsProblem) -> JSONValue {
        let keys = items.prefix(3).compactMap(\.plainText)
        guard keys.count == 3 else {
            throw document.problem("Fn::FindInMap has a mapping and two keys", at: place)
        }
        if let value = mappings?[keys[0]]?[keys[1]]?[keys[2]] { return value }
        if items.count == 4, let value = items[3]["DefaultValue"] { return value }
        throw document.problem(
            "the mapping '\(keys[0])' has no '\(keys[1])' with '\(keys[2])'",
            at: place
        )
    }

    private func list(at place: JSONPointer, depth: Int) throws(SettingsProblem) -> [JSONValue] {
        guard let items = try value(at: place, depth: depth)?.arrayValue else {
            throw document.problem("a list is expected here", at: place)
        }
        return items
    }
}

/// Base64 (RFC 4648, section 4).
enum Base64Text {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// The text of a text's bytes.
    static func encoded(_ text: String) -> String {
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for offset in 0..<3 {
                bits = bits << 8 | (offset < group.count ? UInt32(group[start + offset]) : 0)
            }
            for place in 0..<4 {
                let index = Int(bits >> (18 - 6 * UInt32(place)) & 63)
                result.append(place <= group.count ? alphabet[index] : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
