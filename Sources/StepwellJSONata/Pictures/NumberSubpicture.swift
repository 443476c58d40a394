/// One half of a number's picture, cut into its parts and checked.
struct NumberSubpicture {
    let text: [UInt16]
    var prefix: [UInt16] = []
    private(set) var suffix: [UInt16] = []
    private let symbols: NumberPictureSymbols
    private var active: [UInt16] = []
    private var mantissa: [UInt16] = []
    private var exponent: [UInt16]?
    private var integer: [UInt16] = []
    private var fraction: [UInt16] = []

    private(set) var minimumInteger = 0
    private(set) var scaling = 0
    private(set) var minimumFraction = 0
    private(set) var maximumFraction = 0
    private(set) var minimumExponent = 0
    private(set) var integerGroups: [Int] = []
    private(set) var fractionGroups: [Int] = []

    init(_ text: [UInt16], _ symbols: NumberPictureSymbols) throws(JSONataPictureError) {
        self.text = text
        self.symbols = symbols
        split()
        if let code = problem() {
            throw JSONataPictureError(code)
        }
        analyse()
    }

    func has(_ name: String) -> Bool { Self.first(symbols[name], in: text) != nil }

    private mutating func split() {
        let exponentMark = symbols["exponent-separator"]
        let marks = text.indices.filter {
            symbols.isActive(text[$0]) && [text[$0]] != exponentMark
        }
        if let first = marks.first, let last = marks.last {
            prefix = Array(text[..<first])
            suffix = Array(text[(last + 1)...])
            active = Array(text[first...last])
        } else {
            active = text
        }
        mantissa = active
        if let position = Self.first(exponentMark, in: active) {
            mantissa = Array(active[..<position])
            exponent = Array(active[(position + exponentMark.count)...])
        }
        integer = mantissa
        let point = symbols["decimal-separator"]
        if let position = Self.first(point, in: mantissa) {
            integer = Array(mantissa[..<position])
            fraction = Array(mantissa[(position + point.count)...])
        }
    }

    /// The code of what is wrong; where several things are, the last of them in this order.
    private func problem() -> String? {
        var code: String?
        if count("decimal-separator") > 1 { code = "D3081" }
        if count("percent") > 1 { code = "D3082" }
        if count("per-mille") > 1 { code = "D3083" }
        if has("percent"), has("per-mille") { code = "D3084" }
        if !mantissa.contains(where: symbols.isDigit) { code = "D3085" }
        if !active.allSatisfy(symbols.isActive) { code = "D3086" }
        return digitProblem() ?? code
    }

    private func digitProblem() -> String? {
        var code: String?
        let group = symbols["grouping-separator"]
        let point = symbols["decimal-separator"]
        if has("decimal-separator") {
            if Self.first(group + point, in: text) != nil
                || Self.first(point + group, in: text) != nil
            {
                code = "D3087"
            }
        } else if !group.isEmpty, integer.suffix(group.count).elementsEqual(group) {
            code = "D3088"
        }
        if Self.first(group + group, in: text) != nil { code = "D3089" }
        let isOptional = { symbols["digit"] == [$0] }
        if let first = integer.firstIndex(where: isOptional),
            integer[..<first].contains(where: symbols.isFamily)
        {
            code = "D3090"
        }
        if let last = fraction.lastIndex(where: isOptional),
            fraction[last...].contains(where: symbols.isFamily)
        {
            code = "D3091"
        }
        if let exponent {
            if !exponent.isEmpty, has("percent") || has("per-mille") { code = "D3092" }
            if exponent.isEmpty || !exponent.allSatisfy(symbols.isFamily) { code = "D3093" }
        }
        return code
    }

    private mutating func analyse() {
        let group = symbols["grouping-separator"]
        for index in integer.indices where [integer[index]] == group {
            integerGroups.append(integer[index...].count(where: symbols.isDigit))
        }
        for index in fraction.indices where [fraction[index]] == group {
            fractionGroups.append(fraction[..<index].count(where: symbols.isDigit))
        }
        minimumInteger = integer.count(where: symbols.isFamily)
        scaling = minimumInteger
        minimumFraction = fraction.count(where: symbols.isFamily)
        maximumFraction = fraction.count(where: symbols.isDigit)
        if minimumInteger == 0, maximumFraction == 0 {
            if exponent == nil {
                minimumInteger = 1
            } else {
                minimumFraction = 1
                maximumFraction = 1
            }
        }
        if exponent != nil, minimumInteger == 0,
            integer.contains(where: { symbols["digit"] == [$0] })
        {
            minimumInteger = 1
        }
        if minimumInteger == 0, minimumFraction == 0 {
            minimumFraction = 1
        }
        minimumExponent = exponent?.count(where: symbols.isFamily) ?? 0
    }

    private func count(_ name: String) -> Int {
        let wanted = symbols[name]
        guard !wanted.isEmpty, text.count >= wanted.count else {
            return 0
        }
        return (0...(text.count - wanted.count)).count {
            text[$0...].starts(with: wanted)
        }
    }

    private static func first(_ wanted: [UInt16], in units: [UInt16]) -> Int? {
        guard !wanted.isEmpty, units.count >= wanted.count else {
            return nil
        }
        return (0...(units.count - wanted.count)).first { units[$0...].starts(with: wanted) }
    }
}
