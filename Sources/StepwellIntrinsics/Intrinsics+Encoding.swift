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

    @Sendable
    static func base64Decode(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let text = try arguments.string(0, limit: IntrinsicLimits.base64Characters)
        try spend(1 + text.utf8.count / 8, &budget)
        guard let bytes = Base64.decode(text.utf8) else {
            throw .invalid("The argument 1 is not Base64")
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw .invalid("The argument 1 does not decode to UTF-8 text")
        }
        return .string(decoded)
    }

    @Sendable
    static func hash(
        _ arguments: IntrinsicArguments,
        _ budget: inout EvaluationBudget
    ) throws(IntrinsicFailure) -> JSONValue {
        let text = try arguments.string(0, limit: IntrinsicLimits.hashCharacters)
        let name = try arguments.string(1)
        try spend(1 + text.utf8.count / 8, &budget)
        guard let algorithm = hashes.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            let names = hashes.map(\.name).joined(separator: ", ")
            throw .invalid("The algorithm '\(name)' is none of \(names)")
        }
        return .string(algorithm.hash(Array(text.utf8)))
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
