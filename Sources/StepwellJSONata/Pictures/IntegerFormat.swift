/// An analysed picture of an integer.
struct IntegerFormat {
    enum Case {
        case lower
        case upper
        case title
    }

    struct Separator {
        let position: Int
        let scalar: Unicode.Scalar
    }

    enum Primary {
        case letters(Case)
        case roman(Case)
        case words(Case)
        case decimal
        /// A numbering sequence, none of which is supported.
        case sequence(String)
    }

    private(set) var primary: Primary
    private(set) var isOrdinal = false
    var mandatoryDigits = 0
    private(set) var optionalDigits = 0
    private(set) var zero: UInt32 = 0x30
    /// From the right.
    private(set) var separators: [Separator] = []
    /// The distance at which the one separator repeats; 0 where it does not.
    private(set) var interval = 0
    /// How many digits are to be read, where other digits follow at once.
    var parseWidth: Int?

    /// Analyses a picture.
    ///
    /// - Throws: `D3131` when digits of two families are mixed.
    init(picture: String) throws(JSONataPictureError) {
        let scalars = Array(picture.unicodeScalars)
        var main = scalars[...]
        if let semicolon = scalars.lastIndex(of: ";") {
            main = scalars[..<semicolon]
            isOrdinal = scalars[(semicolon + 1)...].first == "o"
        }
        switch main.map(\.value) {
        case [0x41]: primary = .letters(.upper)
        case [0x61]: primary = .letters(.lower)
        case [0x49]: primary = .roman(.upper)
        case [0x69]: primary = .roman(.lower)
        case [0x57]: primary = .words(.upper)
        case [0x77]: primary = .words(.lower)
        case [0x57, 0x77]: primary = .words(.title)
        default:
            primary = .decimal
            try analyseDigits(main, picture: picture)
        }
    }

    private mutating func analyseDigits(
        _ scalars: ArraySlice<Unicode.Scalar>,
        picture: String
    ) throws(JSONataPictureError) {
        var family: UInt32?
        for scalar in scalars.reversed() {
            if let zero = DigitFamilies.zero(of: scalar) {
                guard family == nil || family == zero else {
                    throw JSONataPictureError("D3131")
                }
                family = zero
                mandatoryDigits += 1
            } else if scalar == "#" {
                optionalDigits += 1
            } else {
                let position = mandatoryDigits + optionalDigits
                separators.append(Separator(position: position, scalar: scalar))
            }
        }
        guard let family else {
            var token = String.UnicodeScalarView()
            token.append(contentsOf: scalars)
            primary = .sequence(String(token))
            return
        }
        zero = family
        if let first = separators.first, separators.allSatisfy({ $0.scalar == first.scalar }) {
            interval = GroupingRule.interval(of: separators.map(\.position))
        }
    }
}
