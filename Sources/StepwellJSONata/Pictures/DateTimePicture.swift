/// Dates and times by pictures of XPath, as `$fromMillis` and `$toMillis` use them.
package enum DateTimePicture {
    private static let iso = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]"

    /// The moment so many milliseconds after the start of 1970 by a picture, ISO 8601 without one.
    ///
    /// `timezone` is an offset such as `-0530`; where only its leading number is read, `+05:30` is
    /// five minutes, to the reference and to AWS.
    ///
    /// - Throws: `D3110` for a moment out of ECMAScript's range, `D3130` to `D3135` for what is
    ///   wrong with the picture, `D3134` for a time zone that is no offset.
    package static func format(
        millis: Int64,
        picture: String? = nil,
        timezone: String? = nil,
        readsLeadingZoneNumber: Bool = true
    ) throws(JSONataPictureError) -> String {
        guard let millis = Int(exactly: millis), millis.magnitude <= CalendarDate.maximumMillis
        else {
            throw JSONataPictureError("D3110", value: String(millis))
        }
        let offset =
            readsLeadingZoneNumber
            ? try leadingOffset(timezone) : try wholeOffset(timezone)
        let date = CalendarDate(millis: millis + offset * 60_000)
        var output = ""
        for part in try parts(of: picture ?? iso) {
            switch part {
            case .literal(let text): output += text
            case .marker(let marker): output += try marker.text(of: date, offset: offset)
            }
        }
        return output
    }

    /// Cuts a picture into its parts.
    static func parts(of picture: String) throws(JSONataPictureError) -> [DateTimePart] {
        let scalars = Array(picture.unicodeScalars)
        var parts: [DateTimePart] = []
        var literal = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            let isDoubled = index + 1 < scalars.count && scalars[index + 1] == scalar
            if scalar != "[" || isDoubled {
                literal.append(scalar)
                index += isDoubled && (scalar == "[" || scalar == "]") ? 2 : 1
                continue
            }
            if !literal.isEmpty {
                parts.append(.literal(String(literal)))
                literal.removeAll()
            }
            guard let close = scalars[index...].firstIndex(of: "]") else {
                throw JSONataPictureError("D3135")
            }
            let inner = String(String.UnicodeScalarView(scalars[(index + 1)..<close]))
            let marker = try DateTimeMarker(inner)
            if marker.integer != nil, case .marker(var previous)? = parts.last,
                previous.integer != nil
            {
                previous.fixWidth()
                parts[parts.count - 1] = .marker(previous)
            }
            parts.append(.marker(marker))
            index = close + 1
        }
        if !literal.isEmpty {
            parts.append(.literal(String(literal)))
        }
        return parts
    }

    /// The offset in minutes of a zone that is a number and nothing else.
    private static func wholeOffset(_ timezone: String?) throws(JSONataPictureError) -> Int {
        guard let timezone else {
            return 0
        }
        guard let value = Int(timezone), value.magnitude <= 9_999 else {
            throw JSONataPictureError("D3134", value: timezone)
        }
        return value / 100 * 60 + value % 100
    }

    /// The offset in minutes of the number that a zone begins with, as `parseInt` reads it: hours
    /// are rounded down, so that `-0330` is four hours and a half, as the reference has it.
    ///
    /// A zone that begins with no number gives the reference a date that is none; it is refused.
    private static func leadingOffset(_ timezone: String?) throws(JSONataPictureError) -> Int {
        guard let timezone else {
            return 0
        }
        var bytes = timezone.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        let digits = bytes.prefix { (0x30...0x39).contains($0) }
        guard let magnitude = Int(Substring(digits)), magnitude <= 9_999 else {
            throw JSONataPictureError("D3134", value: timezone)
        }
        let value = isNegative ? -magnitude : magnitude
        let hours = (Double(value) / 100).rounded(.down)
        return Int(hours) * 60 + value % 100
    }
}
