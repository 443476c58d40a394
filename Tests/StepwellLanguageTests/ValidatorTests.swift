import StepwellJSON
import StepwellLanguage
import Testing

/// Each rule of the validator: what breaks it, where it is reported and in which words.
@Suite("Validator")
struct ValidatorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        /// The fields of the state `S`, or a whole definition when it starts with a brace.
        let text: String
        /// The errors (or, without errors, the warnings), as `CODE: message at location`.
        let problems: [String]

        var testDescription: String { text }

        init(_ text: String, _ problems: String...) {
            self.text = text
            self.problems = problems
        }
    }

    @Test("A broken state is reported by place and reason", arguments: ValidatorRows.states)
    func states(row: Row) {
        check(
            row,
            decode(
                """
                {"StartAt": "S", "States": {"S": {\(row.text)}, "A": {"Type": "Succeed"}}}
                """
            ).problems.filter { !$0.message.contains("\"A\" is not reachable") }
        )
    }

    @Test("A distributed Map is checked in every field", arguments: ValidatorRows.distributed)
    func distributed(row: Row) {
        check(
            row,
            decode(
                """
                {"StartAt": "S", "States": {"S": {\(row.text)}}}
                """
            ).languageProblems
        )
    }

    @Test("A state in JSONata is checked in every field", arguments: ValidatorRows.jsonata)
    func jsonata(row: Row) {
        check(
            row,
            decode(
                """
                {"StartAt": "S", "QueryLanguage": "JSONata", "States": {"S": {\(row.text)},
                "A": {"Type": "Succeed"}}}
                """
            ).languageProblems.filter { !$0.message.contains("\"A\" is not reachable") }
        )
    }

    @Test("A broken machine is reported by place and reason", arguments: ValidatorRows.machines)
    func machines(row: Row) {
        check(row, decode(row.text).problems)
    }

    private func check(_ row: Row, _ problems: [DefinitionProblem]) {
        let errors = problems.filter { $0.severity == .error }
        let shown = errors.isEmpty ? problems : errors
        #expect(shown.map(\.invalidDefinitionText) == row.problems)
    }

    @Test("Line, column and pointer are those of the exact place")
    func positions() throws {
        let problems = decode(
            """
            {
              "StartAt": "é/~",
              "States": {
                "é/~": { "Type": "Pass", "End": true,
                  "Parameters": { "ok": 1, "list": [
                    0,
                    { "bad.$": "nope" } ] } }
              }
            }
            """
        ).problems
        let problem = try #require(problems.first)
        #expect(problems.count == 1)
        #expect(problem.location == "/States/é/~/Parameters")
        #expect(problem.pointer == "/States/é~1~0/Parameters/list/1/bad.$")
        #expect(problem.line == 7)
        #expect(problem.column == 11)
    }

    @Test("Bad JSON has a place")
    func badJSON() throws {
        let problem = try #require(decode("{\n  \"StartAt\": \"A\",\n}").problems.first)
        #expect(problem.code == .invalidJSONDescription)
        #expect(problem.line == 3)
        #expect(problem.location == nil)
    }

    @Test("A text larger than AWS takes is refused")
    func size() {
        let text = String(repeating: " ", count: 1_048_577)
        #expect(decode(text).problems.first?.message.contains("1048577 bytes") == true)
    }

    @Test(
        "A misspelt name is guessed",
        arguments: [
            (#""Type": "Pass", "ResultPaht": "$.a", "End": true"#, "Did you mean 'ResultPath'?"),
            (#""Type": "Pas", "End": true"#, "Did you mean 'Pass'?"),
            (#""Type": "Pass", "Next": "a""#, "Did you mean 'A'?"),
            (
                #""Type": "Wait", "Seconds": 1, "Parameters": {}, "End": true"#,
                "It belongs to Task, Pass, Parallel, Map."
            ),
        ]
    )
    func hints(text: String, hint: String) {
        let problems = decode(
            """
            {"StartAt": "S", "States": {"S": {\(text)}, "A": {"Type": "Succeed"}}}
            """
        ).problems
        #expect(problems.contains { $0.hint == hint }, "\(problems)")
    }

    @Test("Any number of problems end in a bounded list")
    func bounded() {
        let states = (0..<1000).map { #""s\#($0)": {"Type": "Pass", "Next": "x\#($0)"}"# }
        let text = #"{"StartAt": "s0", "States": {\#(states.joined(separator: ","))}}"#
        let problems = decode(text).problems
        #expect(problems.count == 500)
        #expect(problems.hasErrors)
    }

    @Test("Deep nesting is refused, not crashed on")
    func deep() {
        var text = #"{"Type": "Succeed"}"#
        for level in 0..<3000 {
            text = """
                {"Type": "Map", "End": true, "Iterator": {"StartAt": "s\(level)", "States": {
                "s\(level)": \(text)}}}
                """
        }
        let problems = decode(#"{"StartAt": "s", "States": {"s": \#(text)}}"#).problems
        #expect(problems.first?.code == .invalidJSONDescription)
    }
}
