import StepwellLanguage
import Testing

/// Which errors `ErrorEquals` stands for (ASL specification, appendix A; developer guide, "Error
/// names").
@Suite("Error names")
struct ErrorMatcherTests {
    @Test(
        "A name or wildcard stands for an error or not",
        arguments: [
            ("E", "E", true), ("E", "e", false), ("\u{E9}", "e\u{301}", false),
            ("States.ALL", "E", true), ("States.ALL", "States.Timeout", true),
            ("States.ALL", "States.TaskFailed", true),
            ("States.ALL", "States.Runtime", false),
            ("States.ALL", "States.DataLimitExceeded", true),
            ("States.Runtime", "States.Runtime", true),
            ("States.DataLimitExceeded", "States.DataLimitExceeded", true),
            ("States.TaskFailed", "E", true), ("States.TaskFailed", "States.Permissions", true),
            ("States.TaskFailed", "States.Timeout", false),
            ("States.TaskFailed", "States.Runtime", false),
            ("States.TaskFailed", "States.DataLimitExceeded", true),
            ("States.Timeout", "States.HeartbeatTimeout", true),
            ("States.HeartbeatTimeout", "States.Timeout", false),
        ]
    )
    func matches(name: String, error: String, matches: Bool) {
        #expect(ErrorMatcher([name]).matches(error) == matches)
        #expect(ErrorMatcher(["Other", name]).matches(error) == matches)
    }
}
