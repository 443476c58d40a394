extension DateTimeMarker {
    /// What the marker stands for at a date; `offset` counts the minutes from UTC.
    ///
    /// - Throws: `D3130`, `D3133` and `D3134` for a presentation that does not fit the component.
    func text(of date: CalendarDate, offset: Int) throws(JSONataPictureError) -> String {
        switch component {
        case "Z", "z": try zone(offset)
        case "P": cased(date.millisOfDay < CalendarDate.dayMillis / 2 ? "am" : "pm")
        case "C", "E": "ISO"
        default: try number(of: date)
        }
    }

    private func number(of date: CalendarDate) throws(JSONataPictureError) -> String {
        guard let integer else {
            return try name(of: date)
        }
        var value = value(of: date)
        if let yearDigits {
            var modulus = 1
            for _ in 0..<min(yearDigits, 9) {
                modulus *= 10
            }
            value %= modulus
        }
        return try IntegerPicture.format(Double(value), integer)
    }

    /// The number of a component.
    private func value(of date: CalendarDate) -> Int {
        let hour = date.millisOfDay / 3_600_000
        return switch component {
        case "Y": date.year
        case "M": date.month
        case "D": date.day
        case "d": date.dayOfYear
        case "F": date.weekday
        case "W": (date.thursday.dayOfYear - 1) / 7 + 1
        case "w": (date.thursday.day - 1) / 7 + 1
        case "X": date.thursday.year
        case "x": date.thursday.month
        case "H": hour
        case "h": hour % 12 == 0 ? 12 : hour % 12
        case "m": date.millisOfDay / 60_000 % 60
        case "s": date.millisOfDay / 1_000 % 60
        default: date.millisOfDay % 1_000
        }
    }

    private func name(of date: CalendarDate) throws(JSONataPictureError) -> String {
        let table =
            switch component {
            case "M", "x": DateTimeNames.months
            case "F": DateTimeNames.days
            default: throw JSONataPictureError("D3133", value: component)
            }
        let text = cased(table[value(of: date) - 1])
        guard let maximum, maximum < text.utf8.count else {
            return text
        }
        return String(decoding: Array(text.utf8.prefix(maximum)), as: UTF8.self)
    }

    private func cased(_ text: String) -> String {
        switch names {
        case .lower: text.lowercased()
        case .upper: text.uppercased()
        case .title, nil: text
        }
    }

    private func zone(_ offset: Int) throws(JSONataPictureError) -> String {
        guard let integer else {
            throw JSONataPictureError("D3133", value: component)
        }
        if offset == 0, usesZulu {
            return "Z"
        }
        let magnitude = abs(offset)
        let clock = Double(magnitude / 60 * 100 + magnitude % 60)
        var text: String
        if integer.interval > 0 {
            text = try IntegerPicture.format(clock, integer)
        } else {
            switch integer.mandatoryDigits {
            case 1, 2:
                text = try IntegerPicture.format(Double(magnitude / 60), integer)
                if magnitude % 60 != 0 {
                    text += try ":" + IntegerPicture.format(Double(magnitude % 60), picture: "00")
                }
            case 3, 4:
                text = try IntegerPicture.format(clock, integer)
            default:
                throw JSONataPictureError("D3134", value: String(integer.mandatoryDigits))
            }
        }
        let signed = (offset < 0 ? "-" : "+") + text
        return component == "z" ? "GMT" + signed : signed
    }
}
