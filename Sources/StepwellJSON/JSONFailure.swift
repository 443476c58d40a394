/// What the reader trips over: small enough to throw cheaply; words and line are added outside.
struct JSONFailure: Error {
    enum Problem {
        case unexpected(expected: StaticString)
        case unterminatedString
        case controlCharacter
        case invalidEscape
        case invalidUnicodeEscape
        case loneSurrogate
        case invalidUTF8
        case byteOrderMark
        case leadingZero
        case repeatedKey
        case tooDeep
    }

    let problem: Problem
    let offset: Int
}
