extension DateTimeMarker {
    /// A regular expression for the texts that the marker stands for.
    ///
    /// - Throws: `D3133` for a component that cannot be read as a name, `D3130` for a numbering
    ///   sequence.
    func pattern() throws(JSONataPictureError) -> String {
        guard let integer else {
            guard ["M", "x", "F", "P"].contains(component) else {
                throw JSONataPictureError("D3133", value: component)
            }
            return "[a-zA-Z]+"
        }
        if component == "Z" || component == "z" {
            let tail = integer.separators.first.map { "\\u\(hex($0.scalar))[0-9]+" } ?? ""
            let signed = (component == "z" ? "GMT" : "") + "[-+][0-9]+" + tail
            return usesZulu ? signed + "|Z" : signed
        }
        switch integer.primary {
        case .letters:
            return "[a-zA-Z]+"
        case .roman:
            return "[mdclxviMDCLXVI]+"
        case .words:
            return "(?:" + (WordNumbers.vocabulary + ["and", "[\\-, ]"]).joined(separator: "|")
                + ")+"
        case .decimal:
            let digit = "[\\u\(hex(integer.zero))-\\u\(hex(integer.zero + 9))]"
            let separators = Set(integer.separators.map { "\\u\(hex($0.scalar))" }).sorted()
            let unit = "(?:" + ([digit] + separators).joined(separator: "|") + ")"
            let count = integer.parseWidth.map { "{\($0)}" } ?? "+"
            return unit + count + (integer.isOrdinal ? "(?:th|st|nd|rd)" : "")
        case .sequence(let token):
            throw JSONataPictureError("D3130", value: token)
        }
    }

    /// The number that a text means; offsets count in minutes.
    func number(_ text: String) throws(JSONataPictureError) -> Double? {
        guard let integer else {
            return name(text)
        }
        guard component == "Z" || component == "z" else {
            switch integer.primary {
            case .letters(let letters):
                let isUpper = letters == .upper
                return LetterNumbers.number(
                    isUpper ? text.uppercased() : text.lowercased(),
                    upper: isUpper
                )
            default:
                return try IntegerPicture.parse(text, integer)
            }
        }
        return offset(text, integer)
    }

    /// The number of a component at a moment.
    static func present(_ component: String, at date: CalendarDate) -> Int {
        switch component {
        case "Y": date.year
        case "M": date.month
        case "D": date.day
        case "d": date.dayOfYear
        case "P": date.millisOfDay < CalendarDate.dayMillis / 2 ? 0 : 1
        case "H": date.millisOfDay / 3_600_000
        case "h": date.millisOfDay / 3_600_000 % 12
        case "m": date.millisOfDay / 60_000 % 60
        case "s": date.millisOfDay / 1_000 % 60
        default: date.millisOfDay % 1_000
        }
    }

    private func name(_ text: String) -> Double? {
        let wanted = Array(text.lowercased().utf8)
        if component == "P" {
            return wanted == Array("am".utf8) ? 0 : wanted == Array("pm".utf8) ? 1 : nil
        }
        let table = component == "F" ? DateTimeNames.days : DateTimeNames.months
        let index = table.firstIndex { name in
            let bytes = Array(name.lowercased().utf8)
            return bytes.prefix(maximum ?? bytes.count).elementsEqual(wanted)
        }
        return index.map { Double($0 + 1) }
    }

    private func offset(_ text: String, _ integer: IntegerFormat) -> Double? {
        let bytes = Array(text.utf8)
        guard let sign = bytes.firstIndex(where: { $0 == 0x2B || $0 == 0x2D }) else {
            return 0
        }
        let pieces = bytes[(sign + 1)...].split { $0 < 0x30 || $0 > 0x39 }.map { piece in
            Int(String(decoding: Array(piece), as: UTF8.self)) ?? Int.max
        }
        guard let first = pieces.first, pieces.allSatisfy({ $0 <= 9_999 }) else {
            return nil
        }
        let digits = bytes.count - sign - 1
        let isPlain = pieces.count == 1
        let hours = isPlain && digits > 2 ? first / 100 : first
        let minutes = isPlain ? (digits > 2 ? first % 100 : 0) : pieces[1]
        return Double((hours * 60 + minutes) * (bytes[sign] == 0x2D ? -1 : 1))
    }

    private func hex(_ scalar: Unicode.Scalar) -> String { hex(scalar.value) }

    private func hex(_ value: UInt32) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, 4 - text.utf8.count)) + text
    }
}
