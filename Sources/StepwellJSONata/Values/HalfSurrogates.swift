/// Lets JSON text hold halves of surrogate pairs, as JavaScript's strings may.
package enum HalfSurrogates {
    /// The text with every escape of half a pair written as the scalars that stand for it while an
    /// expression is evaluated (see `UTF16Text`); all else as it was.
    package static func admitted(in json: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(json.count)
        var place = 0
        while place < json.count {
            guard json[place] == UInt8(ascii: "\\") else {
                result.append(json[place])
                place += 1
                continue
            }
            guard let unit = escape(json, place), unit & 0xF800 == 0xD800 else {
                result += json[place..<min(place + 2, json.count)]
                place += 2
                continue
            }
            if unit & 0xFC00 == 0xD800, let low = escape(json, place + 6), low & 0xFC00 == 0xDC00 {
                result += json[place..<place + 12]
                place += 12
                continue
            }
            result += UTF16Text.string([unit]).utf8
            place += 6
        }
        return result
    }

    /// JSON text with every half that an evaluation gave written as the escape of its unit.
    package static func escaped(in json: [UInt8]) -> [UInt8] {
        guard json.contains(0xF4) else { return json }
        var result: [UInt8] = []
        result.reserveCapacity(json.count)
        var place = 0
        while place < json.count {
            guard let unit = UTF16Text.half(in: json.span, at: place) else {
                result.append(json[place])
                place += 1
                continue
            }
            result += "\\u\(String(unit, radix: 16))".utf8
            place += UTF16Text.halfLength
        }
        return result
    }

    /// The unit of an escape with four digits.
    private static func escape(_ json: [UInt8], _ place: Int) -> UInt16? {
        guard place + 6 <= json.count, json[place] == UInt8(ascii: "\\"),
            json[place + 1] == UInt8(ascii: "u")
        else {
            return nil
        }
        return UInt16(String(decoding: json[place + 2..<place + 6], as: UTF8.self), radix: 16)
    }
}
