import StepwellHistory
import Testing

@testable import StepwellSuites

/// What people are told of a failure.
@Suite("Shown texts")
struct ShownTextTests {
    @Test(
        "a function's report is its message and the place",
        arguments: [
            (
                #"{"errorMessage": "by 0", "stackTrace": ["  File \"a\"\n", "  File \"b\"\n x"]}"#,
                #"E: by 0 (File "b")"#
            ),
            (
                #"{"errorMessage": "no", "trace": ["E: no", "    at f (a.mjs:1:2)", "at g"]}"#,
                "E: no (at f (a.mjs:1:2))"
            ),
            (#"{"errorMessage": "alone"}"#, "E: alone"),
            (#"{"other": 1}"#, #"E: {"other": 1}"#),
            ("plain", "E: plain"),
            ("", "E"),
        ]
    )
    func failures(cause: String, shown: String) {
        #expect(ShownText.of(Failure(error: "E", cause: cause)) == shown)
    }
}
