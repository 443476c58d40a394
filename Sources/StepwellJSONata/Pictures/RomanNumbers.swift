/// Roman numerals.
enum RomanNumbers {
    private static let numerals: [(value: Int, text: String)] = [
        (1_000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]

    static func text(_ value: Int) -> String {
        var rest = value
        var text = ""
        for numeral in numerals {
            text += String(repeating: numeral.text, count: rest / numeral.value)
            rest %= numeral.value
        }
        return text
    }

    static func number(_ text: String) -> Double? {
        var total = 0.0
        var largest = 0.0
        for byte in text.utf8.reversed() {
            guard let value = value(of: byte | 0x20) else {
                return nil
            }
            if value < largest {
                total -= value
            } else {
                largest = value
                total += value
            }
        }
        return total
    }

    private static func value(of letter: UInt8) -> Double? {
        switch letter {
        case 0x6D: 1_000
        case 0x64: 500
        case 0x63: 100
        case 0x6C: 50
        case 0x78: 10
        case 0x76: 5
        case 0x69: 1
        default: nil
        }
    }
}
