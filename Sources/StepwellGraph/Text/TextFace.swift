/// The faces in which a drawing is written: sizes of one sans-serif family.
struct TextFace: Sendable {
    /// Pixels of an em.
    let size: Int
    /// Pixels from line to line.
    let lineHeight: Int
    /// Whether the bold widths count.
    let isBold: Bool

    /// The names of states.
    static let name = TextFace(size: 13, lineHeight: 17, isBold: true)
    /// What stands below a state's name.
    static let detail = TextFace(size: 11, lineHeight: 15, isBold: false)
    /// What stands on edges.
    static let label = TextFace(size: 11, lineHeight: 15, isBold: false)

    /// How often a state was entered.
    static let badge = TextFace(size: 10, lineHeight: 13, isBold: true)

    /// The pixels that a text takes in a line, rounded up.
    func width(of text: some StringProtocol) -> Int {
        var sum = 0
        for scalar in text.unicodeScalars { sum += advance(of: scalar) }
        return (sum * size + 999) / 1000
    }

    /// The thousandths of an em that a scalar takes.
    func advance(of scalar: Unicode.Scalar) -> Int {
        let value = Int(scalar.value)
        switch value {
        case 32..<127: return Int((isBold ? Self.bold : Self.regular)[value - 32])
        case 0..<32, 0x7F..<0xA0, 0x300..<0x370, 0x200B..<0x2010, 0xFE00..<0xFE10: return 0
        case 0x2018...0x201F: return isBold ? 500 : 333
        case 0x2264, 0x2265, 0x2260: return 549
        case 0xA0, 0xB7: return 278
        case 0x2026, 0x1100..<0x1200, 0x2190..<0x2600, 0x2E80..<0xD7B0, 0xF900..<0xFB00,
            0xFF00..<0xFF61, 0x1F000..<0x20000, 0x20000..<0x40000:
            return 1000
        default: return isBold ? 720 : 670
        }
    }

    /// The widths of ASCII from the space on in Helvetica, which Arial and Liberation Sans share.
    private static let regular: [UInt16] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ]

    /// The same in bold.
    private static let bold: [UInt16] = [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
        975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
        333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
        611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ]
}
