import StepwellHistory
import Testing

@testable import StepwellServer

@Suite("Responses")
struct ResponseFieldsTests {
    @Test(
        "Times are seconds with a fraction",
        arguments: [
            (Int64(0), "0.000"), (1_763_841_600_007, "1763841600.007"), (-1500, "-1.500"),
        ]
    )
    func times(milliseconds: Int64, expected: String) {
        var fields = ResponseFields()
        fields.add("at", Timestamp(milliseconds: milliseconds))
        #expect(String(decoding: fields.finished(), as: UTF8.self) == #"{"at":\#(expected)}"#)
    }

    @Test("Members are written in order; what is not there is left out")
    func members() {
        var inner = ResponseFields()
        inner.add("flag", true)
        var fields = ResponseFields()
        fields.add("name", "a\"b\n")
        fields.add("missing", nil as String?)
        fields.add("count", 3)
        fields.add("inner", inner)
        fields.add("list", [ResponseFields(), inner])
        let text = String(decoding: fields.finished(), as: UTF8.self)
        #expect(
            text == #"{"name":"a\"b\n","count":3,"inner":{"flag":true},"list":[{},{"flag":true}]}"#
        )
    }
}
