extension DateTimePicture {
    /// The milliseconds since the start of 1970 that a text by a picture stands for, ISO 8601
    /// without one; `nil` where the text does not fit the picture.
    ///
    /// What the text leaves out in front of what it says is taken from the moment `now`, in
    /// milliseconds too.
    ///
    /// - Throws: `D3110` for a text that is no ISO 8601, `D3130` to `D3135` for what is wrong with
    ///   the picture, `D3136` where a component between others is missing.
    package static func parse(
        _ text: String,
        picture: String?,
        now: Int64
    ) throws(JSONataPictureError) -> Int64? {
        guard let picture else {
            return try parseISO(text)
        }
        guard let fields = try fields(of: text, by: parts(of: picture)), !fields.isEmpty else {
            return nil
        }
        return try millis(of: fields, now: now)
    }

    /// The numbers of the components that a text holds.
    private static func fields(
        of text: String,
        by parts: [DateTimePart]
    ) throws(JSONataPictureError) -> [String: Double]? {
        var pattern = "^"
        var markers: [DateTimeMarker] = []
        for part in parts {
            switch part {
            case .literal(let literal):
                for scalar in literal.unicodeScalars {
                    pattern += "^$\\.*+?()[]{}|/".unicodeScalars.contains(scalar) ? "\\" : ""
                    pattern.unicodeScalars.append(scalar)
                }
            case .marker(let marker):
                pattern += "(" + (try marker.pattern()) + ")"
                markers.append(marker)
            }
        }
        let units = Array(text.utf16)
        guard let match = try match(pattern + "$", units) else {
            return nil
        }
        var fields: [String: Double] = [:]
        for (marker, range) in zip(markers, match.groups) {
            guard let range else {
                continue
            }
            let piece = String(decoding: units[range], as: UTF16.self)
            guard let value = try marker.number(piece) else {
                return nil
            }
            fields[marker.component] = value
        }
        return fields
    }

    /// Matches a pattern made of words and digits; `U1001` where the text is inordinately long.
    private static func match(
        _ pattern: String,
        _ units: [UInt16]
    ) throws(JSONataPictureError) -> RegularExpression.Match? {
        do throws(JSONataPatternError) {
            let expression = try RegularExpression(
                pattern: Array(pattern.utf16),
                ignoreCase: true,
                multiline: false
            )
            var steps = 10_000_000
            return try expression.firstMatch(in: units, from: 0, steps: &steps)
        } catch {
            throw JSONataPictureError("U1001")
        }
    }

    private static func millis(
        of fields: [String: Double],
        now: Int64
    ) throws(JSONataPictureError) -> Int64? {
        // Which way of naming a day is meant: the first whose components hold all that are given.
        let given = "YXMxWwdD".unicodeScalars.filter { fields[String($0)] != nil }
        let isOf = { (names: String) in
            !given.isEmpty && given.allSatisfy(names.unicodeScalars.contains)
        }
        let byDayOfYear = !isOf("YMD") && isOf("Yd")
        let byWeek = isOf("Xxw") || isOf("XW")
        let clock = "PHhmsf".unicodeScalars.filter { fields[String($0)] != nil }
        let isHalf =
            !clock.allSatisfy("Hmsf".unicodeScalars.contains)
            && clock.allSatisfy("Phmsf".unicodeScalars.contains)
        guard !byWeek else {
            throw JSONataPictureError("D3136")
        }
        let order = (byDayOfYear ? ["Y", "d"] : ["Y", "M", "D"]) + (isHalf ? ["P", "h"] : ["H"])
        let complete = try filled(order + ["m", "s", "f"], from: fields, now: now)
        let field = { (name: String) in Int(complete[name] ?? 0) }
        let days = CalendarDate.dayNumber(
            year: field("Y"),
            month: byDayOfYear ? 1 : field("M"),
            day: byDayOfYear ? field("d") : field("D")
        )
        var hour = field("H")
        if isHalf {
            hour = (field("h") == 12 ? 0 : field("h")) + (field("P") == 1 ? 12 : 0)
        }
        let minutes = hour * 60 + field("m") - Int(fields["Z"] ?? fields["z"] ?? 0)
        let seconds = (days * 1_440 + minutes) * 60 + field("s")
        let millis = seconds * 1_000 + field("f")
        return millis.magnitude <= CalendarDate.maximumMillis ? Int64(millis) : nil
    }

    /// The components in their order: those in front of the first given are of the present, those
    /// behind the last are the least.
    private static func filled(
        _ order: [String],
        from fields: [String: Double],
        now: Int64
    ) throws(JSONataPictureError) -> [String: Double] {
        let bounded = max(-CalendarDate.maximumMillis, min(CalendarDate.maximumMillis, Int(now)))
        let present = CalendarDate(millis: bounded)
        var complete: [String: Double] = [:]
        var hasStarted = false
        var hasEnded = false
        for name in order {
            if let value = fields[name] {
                guard !hasEnded else {
                    throw JSONataPictureError("D3136")
                }
                guard value.magnitude <= 1e8 else {
                    throw JSONataPictureError("D3110")
                }
                hasStarted = true
                complete[name] = value
            } else if hasStarted {
                hasEnded = true
                complete[name] = ["M", "D", "d"].contains(name) ? 1 : 0
            } else {
                complete[name] = Double(DateTimeMarker.present(name, at: present))
            }
        }
        return complete
    }

    /// ISO 8601 as far as ECMAScript reads it; a time without an offset is of UTC.
    private static func parseISO(_ text: String) throws(JSONataPictureError) -> Int64 {
        let pattern =
            "^(\\d{4})(?:-([01]\\d))?(?:-([0-3]\\d))?(?:T([0-2]\\d):([0-5]\\d):([0-5]\\d))?"
            + "(?:\\.(\\d+))?(?:([+-])([0-2]\\d):?([0-5]\\d)|Z)?$"
        let units = Array(text.utf16)
        guard let match = try match(pattern, units) else {
            throw JSONataPictureError("D3110", value: text)
        }
        let piece = { (index: Int) -> [UInt16] in
            match.groups[index].map { Array(units[$0]) } ?? []
        }
        let number = { (index: Int) -> Int in
            piece(index).reduce(0) { $0 * 10 + Int($1) - 0x30 }
        }
        let month = piece(1).isEmpty ? 1 : number(1)
        let day = piece(2).isEmpty ? 1 : number(2)
        let hour = number(3)
        guard (1...12).contains(month), (1...31).contains(day),
            hour < 24 || hour == 24 && number(4) == 0 && number(5) == 0
        else {
            throw JSONataPictureError("D3110", value: text)
        }
        let fraction = (piece(6) + [0x30, 0x30, 0x30]).prefix(3).reduce(0) {
            $0 * 10 + Int($1) - 0x30
        }
        let offset = (number(8) * 60 + number(9)) * (piece(7) == [0x2D] ? -1 : 1)
        let days = CalendarDate.dayNumber(year: number(0), month: month, day: day)
        let minutes = days * 1_440 + hour * 60 + number(4) - offset
        return Int64((minutes * 60 + number(5)) * 1_000 + fraction)
    }
}
