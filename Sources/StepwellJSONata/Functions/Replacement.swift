/// What `$replace` does.
enum Replacement {
    static func replace(
        _ text: String,
        _ pattern: Value,
        _ replacement: Value,
        _ limit: Double,
        _ machine: Machine
    ) throws(Fault) -> String {
        try machine.count(bytes: text.utf8.count)
        if case .string(let part) = pattern {
            return try replace(text, part, replacement, limit, machine)
        }
        guard case .function(let matcher) = pattern else {
            return text
        }
        var matching = Matching(matcher, text)
        var result: [UInt16] = []
        var place = 0
        var count = 0.0
        while count < limit, let match = try matching.next(machine) {
            result += matching.units[place..<max(place, match.start)]
            let put = try substitute(match, replacement, machine)
            try machine.count(bytes: put.utf8.count)
            result += UTF16Text.units(put)
            place = max(
                place,
                min(match.start + UTF16Text.units(match.text).count, matching.units.count)
            )
            count += 1
        }
        result += matching.units[place...]
        return UTF16Text.string(result)
    }

    private static func replace(
        _ text: String,
        _ part: String,
        _ replacement: Value,
        _ limit: Double,
        _ machine: Machine
    ) throws(Fault) -> String {
        guard case .string(let put) = replacement else {
            throw Fault("D3012", value: replacement.json())
        }
        var result = ""
        var start = 0
        var count = 0.0
        while count < limit, let place = ByteSearch.first(part, in: text, from: start) {
            try machine.count(bytes: put.utf8.count)
            result += ByteSearch.slice(text, start, place)
            result += put
            start = place + part.utf8.count
            count += 1
        }
        return UTF16Text.joined(result, ByteSearch.slice(text, start, text.utf8.count))
    }

    private static func substitute(
        _ match: PatternMatch,
        _ replacement: Value,
        _ machine: Machine
    ) throws(Fault) -> String {
        if case .string(let template) = replacement {
            return expand(template, match)
        }
        guard case .function(let function) = replacement else {
            throw Fault("D3012", value: replacement.json())
        }
        let value = try machine.apply(function, [match.object], .undefined)
        guard case .string(let text) = value else {
            throw Fault("D3012", value: value.json())
        }
        return text
    }

    /// Puts the groups in the places of `$1`, the match in that of `$0`; `$$` is a dollar sign.
    private static func expand(_ template: String, _ match: PatternMatch) -> String {
        let bytes = Array(template.utf8)
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            guard byte == UInt8(ascii: "$") else {
                result.append(byte)
                continue
            }
            let next = place < bytes.count ? bytes[place] : 0
            if next == UInt8(ascii: "$") {
                result.append(byte)
                place += 1
            } else if next == UInt8(ascii: "0") {
                result += match.text.utf8
                place += 1
            } else if let (group, length) = number(bytes[place...], match.groups.count) {
                if group <= match.groups.count, group > 0 {
                    result += (match.groups[group - 1] ?? "").utf8
                }
                place += length
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The number of a group, and its digits: as many as the number of groups has, or one fewer if
    /// there is no such group.
    private static func number(
        _ bytes: ArraySlice<UInt8>,
        _ count: Int
    ) -> (group: Int, length: Int)? {
        let most = max(String(count).utf8.count, 1)
        var value = 0
        var length = 0
        for byte in bytes.prefix(most) {
            guard byte >= 0x30, byte <= 0x39 else {
                break
            }
            let next = value * 10 + Int(byte - 0x30)
            if length > 0, length == most - 1, next > count {
                break
            }
            value = next
            length += 1
        }
        return length > 0 ? (value, length) : nil
    }
}
