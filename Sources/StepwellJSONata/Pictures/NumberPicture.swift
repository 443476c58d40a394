/// Numbers by pictures of XPath's `format-number`, as `$formatNumber` uses them.
package enum NumberPicture {
    /// The value by a picture; `options` overrides the characters of the decimal format by name.
    ///
    /// - Throws: `D3080` to `D3093` for what is wrong with the picture.
    package static func format(
        _ value: Double,
        picture: String,
        options: [(name: String, value: String)] = []
    ) throws(JSONataPictureError) -> String {
        let symbols = NumberPictureSymbols(options: options)
        let halves = split(Array(picture.utf16), at: symbols["pattern-separator"])
        guard halves.count <= 2 else {
            throw JSONataPictureError("D3080")
        }
        var parts: [NumberSubpicture] = []
        for half in halves {
            parts.append(try NumberSubpicture(half, symbols))
        }
        var part = parts[0]
        if value < 0, parts.count == 2 {
            part = parts[1]
        } else if value < 0 {
            part.prefix = symbols["minus-sign"] + part.prefix
        }
        let body = body(of: value, by: part, symbols)
        return String(decoding: part.prefix + body + part.suffix, as: UTF16.self)
    }

    private static func body(
        of value: Double,
        by part: NumberSubpicture,
        _ symbols: NumberPictureSymbols
    ) -> [UInt16] {
        let factor: Double = part.has("percent") ? 100 : part.has("per-mille") ? 1_000 : 1
        var mantissa = value.magnitude * factor
        guard mantissa.isFinite else {
            return symbols[mantissa.isNaN ? "NaN" : "infinity"]
        }
        var exponent = 0
        if part.minimumExponent > 0, mantissa > 0 {
            let most = Double("1e\(part.scaling)") ?? .infinity
            let least = Double("1e\(part.scaling - 1)") ?? 0
            while mantissa < least {
                mantissa *= 10
                exponent -= 1
            }
            while mantissa > most {
                mantissa /= 10
                exponent += 1
            }
        }
        guard mantissa.isFinite else {
            return symbols["infinity"]
        }
        let rounded = NumberText.round(mantissa, precision: part.maximumFraction)
        var exact = ExactDecimal(magnitudeOf: rounded)
        exact.round(toPlaces: part.maximumFraction)
        var output = layout(exact.text(places: part.maximumFraction), by: part, symbols)
        if part.minimumExponent > 0 {
            var digits = abs(exponent).description.utf16.map { $0 - 0x30 &+ symbols.zero }
            let missing = part.minimumExponent - digits.count
            digits = Array(repeating: symbols.zero, count: max(0, missing)) + digits
            output += symbols["exponent-separator"]
            output += (exponent < 0 ? symbols["minus-sign"] : []) + digits
        }
        return output
    }

    /// Pads, groups and translates plain digits.
    private static func layout(
        _ text: String,
        by part: NumberSubpicture,
        _ symbols: NumberPictureSymbols
    ) -> [UInt16] {
        let units = Array(text.utf16)
        let point = units.firstIndex(of: 0x2E) ?? units.count
        var whole = Array(units[..<point].drop { $0 == 0x30 })
        var fraction = Array(units[point...].dropFirst())
        while fraction.last == 0x30 {
            fraction.removeLast()
        }
        whole = Array(repeating: 0x30, count: max(0, part.minimumInteger - whole.count)) + whole
        fraction += Array(repeating: 0x30, count: max(0, part.minimumFraction - fraction.count))
        let group = symbols["grouping-separator"]
        let interval = GroupingRule.interval(of: part.integerGroups)
        var output: [UInt16] = []
        for (index, unit) in whole.enumerated() {
            let place = whole.count - index
            let isGroup =
                interval > 0 ? place % interval == 0 : part.integerGroups.contains(place)
            output += index > 0 && isGroup ? group : []
            output.append(unit - 0x30 &+ symbols.zero)
        }
        if !fraction.isEmpty, part.has("decimal-separator") {
            output += symbols["decimal-separator"]
            for (index, unit) in fraction.enumerated() {
                output += index > 0 && part.fractionGroups.contains(index) ? group : []
                output.append(unit - 0x30 &+ symbols.zero)
            }
        }
        return output
    }

    private static func split(_ units: [UInt16], at separator: [UInt16]) -> [[UInt16]] {
        guard separator.count == 1, let mark = separator.first else {
            return [units]
        }
        return units.split(separator: mark, omittingEmptySubsequences: false).map(Array.init)
    }
}
