/// Numbers as letters: a, b, … z, aa, ab, ….
enum LetterNumbers {
    static func text(_ magnitude: Double, upper: Bool) -> String {
        let first: UInt8 = upper ? 0x41 : 0x61
        var rest = magnitude
        var letters: [UInt8] = []
        while rest > 0 {
            let digit = (rest - 1).truncatingRemainder(dividingBy: 26)
            letters.append(first + UInt8(max(0, min(25, digit))))
            rest = ((rest - 1) / 26).rounded(.down)
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }

    static func number(_ text: String, upper: Bool) -> Double {
        let first: Double = upper ? 0x41 : 0x61
        return text.utf16.reduce(0) { $0 * 26 + Double($1) - first + 1 }
    }
}
