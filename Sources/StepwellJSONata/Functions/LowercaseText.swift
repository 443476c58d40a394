/// Lower case as ECMAScript and Java have it: Unicode's, with its rule for sigmas that end words.
enum LowercaseText {
    private static let sigma: Unicode.Scalar = "\u{3A3}"
    private static let finalSigma: Unicode.Scalar = "\u{3C2}"

    static func lowercased(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard scalars.contains(sigma) else {
            return text.lowercased()
        }
        var result = ""
        // Whether the letter before, marks aside, has a case.
        var followsCased = false
        for (place, scalar) in scalars.enumerated() {
            if scalar == sigma, followsCased, !precedesCased(scalars[(place + 1)...]) {
                result.unicodeScalars.append(finalSigma)
            } else {
                result += scalar.properties.lowercaseMapping
            }
            if !scalar.properties.isCaseIgnorable {
                followsCased = scalar.properties.isCased
            }
        }
        return result
    }

    /// Whether the next letter, marks aside, has a case.
    private static func precedesCased(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        rest.first { !$0.properties.isCaseIgnorable }?.properties.isCased ?? false
    }
}
