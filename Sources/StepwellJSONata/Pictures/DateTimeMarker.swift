/// A variable marker of a picture, such as `[MNn,3-3]`.
struct DateTimeMarker {
    /// How a name is written.
    enum Names {
        case lower
        case upper
        case title
    }

    private static let defaults: [String: String] = [
        "Y": "1", "M": "1", "D": "1", "d": "1", "F": "n", "W": "1", "w": "1", "X": "1", "x": "1",
        "H": "1", "h": "1", "P": "n", "m": "01", "s": "01", "f": "1", "Z": "01:01", "z": "01:01",
        "C": "n", "E": "n",
    ]
    /// How wide a component may be asked for.
    private static let maximumWidth = 1_000

    let component: String
    private(set) var names: Names?
    private(set) var integer: IntegerFormat?
    private(set) var maximum: Int?
    /// How many digits of the year are wanted; all of them when `nil`.
    private(set) var yearDigits: Int?
    /// Whether `Z` stands for an offset of nothing.
    private(set) var usesZulu = false

    /// Analyses what stands between the brackets.
    ///
    /// - Throws: `D3132` for an unknown component, `D3131` for digits of two families, `U1001` for
    ///   an inordinate width.
    init(_ text: String) throws(JSONataPictureError) {
        let scalars = text.unicodeScalars.filter { !$0.properties.isWhitespace }
        component = scalars.first.map { String(String.UnicodeScalarView([$0])) } ?? ""
        var modifier = Array(scalars.dropFirst())
        var minimum: Int?
        if let comma = modifier.lastIndex(of: ",") {
            let widths = modifier[(comma + 1)...]
                .split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            modifier.removeSubrange(comma...)
            minimum = try Self.width(widths.first)
            maximum = try Self.width(widths.dropFirst().first)
        }
        guard let standard = Self.defaults[component] else {
            throw JSONataPictureError("D3132", value: component)
        }
        var second: Unicode.Scalar?
        if modifier.count > 1, let last = modifier.last, "atco".unicodeScalars.contains(last) {
            second = last
            modifier.removeLast()
        }
        usesZulu = second == "t"
        let presentation =
            modifier.isEmpty ? standard : String(String.UnicodeScalarView(modifier))
        try analyse(presentation, second: second, minimum: minimum)
    }

    private mutating func analyse(
        _ presentation: String,
        second: Unicode.Scalar?,
        minimum: Int?
    ) throws(JSONataPictureError) {
        let bytes = Array(presentation.utf8)
        if bytes.first == 0x6E {
            names = .lower
            return
        }
        if bytes.first == 0x4E {
            names = bytes.dropFirst().first == 0x6E ? .title : .upper
            return
        }
        guard !["P", "C", "E"].contains(component) else {
            return
        }
        let isZone = component == "Z" || component == "z"
        let suffix = second.map { isZone ? "" : ";" + String(String.UnicodeScalarView([$0])) } ?? ""
        var format = try IntegerFormat(picture: presentation + suffix)
        if let minimum, !isZone {
            format.mandatoryDigits = max(format.mandatoryDigits, minimum)
        }
        if component == "Y" {
            let width = format.mandatoryDigits + format.optionalDigits
            if let maximum {
                yearDigits = maximum
                format.mandatoryDigits = maximum
            } else if width >= 2 {
                yearDigits = width
            }
        }
        integer = format
    }

    /// Fixes how many digits are read, because other digits follow at once.
    mutating func fixWidth() {
        let width = integer?.mandatoryDigits
        integer?.parseWidth = width
    }

    private static func width(
        _ text: ArraySlice<Unicode.Scalar>?
    ) throws(JSONataPictureError) -> Int? {
        guard let text, !text.elementsEqual(["*"]) else {
            return nil
        }
        guard let value = Int(String(String.UnicodeScalarView(text))), value >= 0 else {
            return nil
        }
        guard value <= maximumWidth else {
            throw JSONataPictureError("U1001")
        }
        return value
    }
}
