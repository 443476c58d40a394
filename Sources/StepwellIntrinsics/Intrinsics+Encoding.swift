import Crypto
import StepwellJSON
import StepwellJSONPath

extension Intrinsics {
    @Sendable
    static func base64Encode(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let text = try arguments.string(0, limit: IntrinsicLimits.base64Characters)
        try spend(1 + text.utf8.count / 8, &budget)
        return .string(Base64.encode(Array(text.utf8)))
    }

    /// By the decoder for MIME, which passes over what is not of its alphabet.
    ///
    /// The developer guide names the scheme; blanks around a text are seen to do no harm. Bytes
    /// that are no UTF-8 become U+FFFD, as Java's strings have it.
    @Sendable
    static func base64Decode(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let text = try arguments.string(0, limit: IntrinsicLimits.base64Characters)
        try spend(1 + text.utf8.count / 8, &budget)
        guard let bytes = Base64.decodeMIME(text.utf8) else {
            throw .invalid("The argument 1 is not Base64")
        }
        return .string(String(decoding: bytes, as: UTF8.self))
    }

    /// Of any value, by the text that Java makes of it; of `null` there is none.
    ///
    /// That values other than strings are taken is seen on AWS; which text is hashed is not.
    @Sendable
    static func hash(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        guard arguments[0] != .null else { throw .invalid("The argument 1 is null") }
        guard budget.charge(arguments[0]) else { throw .budgetExhausted }
        let text = JavaText.text(of: arguments[0])
        let name = try arguments.string(1)
        guard text.utf16.count <= IntrinsicLimits.hashCharacters else {
            throw .invalid("The argument 1 is too long to be hashed")
        }
        try spend(1 + text.utf8.count / 8, &budget)
        return .string(try digest(of: text, by: name))
    }

    /// The hash in hexadecimal digits.
    static func digest(of text: String, by name: String) throws(IntrinsicFailure) -> String {
        guard let algorithm = hashes.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            let names = hashes.map(\.name).joined(separator: ", ")
            throw .invalid("The algorithm '\(name)' is none of \(names)")
        }
        return algorithm.hash(Array(text.utf8))
    }

    private static let hashes: [(name: String, hash: @Sendable ([UInt8]) -> String)] = [
        ("MD5", { hexadecimal(Insecure.MD5.hash(data: $0)) }),
        ("SHA-1", { hexadecimal(Insecure.SHA1.hash(data: $0)) }),
        ("SHA-256", { hexadecimal(SHA256.hash(data: $0)) }),
        ("SHA-384", { hexadecimal(SHA384.hash(data: $0)) }),
        ("SHA-512", { hexadecimal(SHA512.hash(data: $0)) }),
    ]

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
