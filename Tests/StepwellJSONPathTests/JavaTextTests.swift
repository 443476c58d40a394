import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("Values as Java prints them")
struct JavaTextTests {
    @Test(
        "numbers print as Long, BigInteger and Double do",
        arguments: [
            ("1", "1"), ("-7", "-7"), ("1.0", "1.0"), ("1.10", "1.1"), ("100.0", "100.0"),
            ("1e2", "100.0"), ("0.001", "0.001"), ("0.0001", "1.0E-4"), ("-0.05", "-0.05"),
            ("12345678.5", "1.23456785E7"), ("9999999.0", "9999999.0"), ("1e21", "1.0E21"),
            ("1.5e-7", "1.5E-7"), ("12345678901234567890123", "12345678901234567890123"),
            ("0.0", "0.0"), ("10000000.0", "1.0E7"), ("123456.75", "123456.75"),
        ]
    )
    func numbers(literal: String, text: String) throws {
        let value = try json(literal)
        #expect(JavaText.text(of: value) == text)
    }

    @Test("objects print as maps and strings without quotes")
    func structures() throws {
        let value = try json(#"{"a":[1,"x",null],"b":{"c":true},"e":{}}"#)
        #expect(JavaText.text(of: value) == "{a=[1, x, null], b={c=true}, e={}}")
    }
}
