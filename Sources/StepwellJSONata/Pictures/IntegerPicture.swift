/// Integers by pictures of XPath, as `$formatInteger` and `$parseInteger` use them.
package enum IntegerPicture {
    /// Roman numerals of larger numbers would be too long.
    private static let maximumRoman = 1e8

    /// The value, rounded down, by a picture.
    ///
    /// - Throws: `D3130` for a numbering sequence that is not known, `D3131` for digits of two
    ///   families, `U1001` for a Roman numeral of inordinate length.
    package static func format(
        _ value: Double,
        picture: String
    ) throws(JSONataPictureError) -> String {
        try format(value.rounded(.down), IntegerFormat(picture: picture))
    }

    /// The number that a text by a picture stands for; `nil` where it is none.
    ///
    /// - Throws: `D3130` for a numbering sequence that is not known, `D3131` for digits of two
    ///   families.
    package static func parse(
        _ text: String,
        picture: String
    ) throws(JSONataPictureError) -> Double? {
        try parse(text, IntegerFormat(picture: picture))
    }

    static func format(
        _ value: Double,
        _ format: IntegerFormat
    ) throws(JSONataPictureError) -> String {
        guard value.isFinite else {
            return NumberText.string(value)
        }
        let magnitude = value.magnitude
        let text: String
        switch format.primary {
        case .letters(let letters):
            text = LetterNumbers.text(magnitude, upper: letters == .upper)
        case .roman(let letters):
            guard magnitude <= maximumRoman else {
                throw JSONataPictureError("U1001")
            }
            text = cased(RomanNumbers.text(Int(magnitude)), letters)
        case .words(let letters):
            text = cased(WordNumbers.text(magnitude, ordinal: format.isOrdinal), letters)
        case .decimal:
            text = decimal(magnitude, format)
        case .sequence(let token):
            throw JSONataPictureError("D3130", value: token)
        }
        return value < 0 ? "-" + text : text
    }

    static func parse(
        _ text: String,
        _ format: IntegerFormat
    ) throws(JSONataPictureError) -> Double? {
        switch format.primary {
        case .letters(let letters):
            LetterNumbers.number(text, upper: letters == .upper)
        case .roman:
            RomanNumbers.number(text)
        case .words:
            WordNumbers.number(text)
        case .decimal:
            parseDecimal(text, format)
        case .sequence(let token):
            throw JSONataPictureError("D3130", value: token)
        }
    }

    private static func cased(_ text: String, _ letters: IntegerFormat.Case) -> String {
        switch letters {
        case .lower: text.lowercased()
        case .upper: text.uppercased()
        case .title: text
        }
    }

    private static func decimal(_ magnitude: Double, _ format: IntegerFormat) -> String {
        var digits = ExactDecimal(magnitudeOf: magnitude).text(places: 0).utf8.map {
            UInt32($0 - 0x30)
        }
        if digits.count < format.mandatoryDigits {
            let missing = min(1_000, format.mandatoryDigits - digits.count)
            digits = [UInt32](repeating: 0, count: missing) + digits
        }
        var output: [Unicode.Scalar] = []
        for (place, digit) in digits.reversed().enumerated() {
            output += separator(before: place, in: format)
            Unicode.Scalar(format.zero + digit).map { output.append($0) }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: output.reversed())
        return String(text) + (format.isOrdinal ? suffix(of: digits) : "")
    }

    private static func separator(
        before place: Int,
        in format: IntegerFormat
    ) -> [Unicode.Scalar] {
        if format.interval > 0 {
            return place > 0 && place % format.interval == 0
                ? format.separators.prefix(1).map(\.scalar) : []
        }
        return format.separators.filter { $0.position == place }.map(\.scalar)
    }

    private static func suffix(of digits: [UInt32]) -> String {
        guard digits.count < 2 || digits[digits.count - 2] != 1 else {
            return "th"
        }
        return switch digits.last {
        case 1: "st"
        case 2: "nd"
        case 3: "rd"
        default: "th"
        }
    }

    private static func parseDecimal(_ text: String, _ format: IntegerFormat) -> Double? {
        var scalars = Array(text.unicodeScalars)
        if format.isOrdinal {
            scalars.removeLast(min(2, scalars.count))
        }
        let separators = format.separators.map(\.scalar)
        var digits: [UInt8] = []
        var isNegative = false
        for scalar in scalars where !separators.contains(scalar) {
            if scalar == "-", digits.isEmpty, !isNegative {
                isNegative = true
                continue
            }
            guard scalar.value >= format.zero, scalar.value <= format.zero + 9 else {
                break
            }
            digits.append(UInt8(scalar.value - format.zero) + 0x30)
        }
        let number = Double(String(decoding: digits, as: UTF8.self))
        return isNegative ? number.map { -$0 } : number
    }
}
