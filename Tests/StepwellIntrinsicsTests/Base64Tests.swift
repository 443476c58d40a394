import Testing

@testable import StepwellIntrinsics

@Suite("Base64 as Java's decoder for MIME reads it")
struct Base64Tests {
    @Test(
        "What is not of the alphabet is passed over, but parts no padding",
        arguments: [
            ("TQ==", "M"), ("TQ", "M"), ("T\nQ", "M"), ("T\rQ!==", "M"), ("TWE=", "Ma"),
            ("TWE=\n", "Ma"), ("TWE==", "Ma"), ("TWE=\n=", "Ma"), ("TQ===\n= -", "M"),
            ("TWFu", "Man"), (" \n", ""), ("", ""),
            ("TQ=\n=", nil), ("TQ=", nil), ("TQ==TQ==", nil), ("TWFu=", nil), ("=", nil),
            ("T", nil), ("T=", nil), ("TWFuT===", nil), ("TWE=x", nil),
        ] as [(String, String?)]
    )
    func decoding(text: String, expected: String?) {
        let bytes = Base64.decodeMIME(text.utf8)
        #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == expected)
    }
}
