/// The characters of a decimal format, as UTF-16 text each.
struct NumberPictureSymbols {
    private(set) var values = [
        "decimal-separator": ".", "grouping-separator": ",", "exponent-separator": "e",
        "infinity": "Infinity", "minus-sign": "-", "NaN": "NaN", "percent": "%",
        "per-mille": "\u{2030}", "zero-digit": "0", "digit": "#", "pattern-separator": ";",
    ].mapValues { Array($0.utf16) }

    init(options: [(name: String, value: String)]) {
        for option in options {
            values[option.name] = Array(option.value.utf16)
        }
    }

    subscript(name: String) -> [UInt16] { values[name] ?? [] }

    var zero: UInt16 { self["zero-digit"].first ?? 0x30 }

    func isFamily(_ unit: UInt16) -> Bool {
        unit >= zero && Int(unit) < Int(zero) + 10
    }

    func isDigit(_ unit: UInt16) -> Bool {
        isFamily(unit) || self["digit"] == [unit]
    }

    func isActive(_ unit: UInt16) -> Bool {
        isDigit(unit)
            || [
                "decimal-separator", "exponent-separator", "grouping-separator",
                "pattern-separator",
            ].contains { self[$0] == [unit] }
    }
}
