import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import Testing

/// `$random`, `$uuid`, `$shuffle`, `$now` and `$millis` in states: drawn once, derived again.
@Suite("JSONata draws")
struct JSONataDrawTests {
    private static let draws =
        "{% {'r': $random(), 'u': $uuid(), 's': $shuffle([1..9]), 'n': $now(), 'm': $millis()} %}"

    /// Every type of state, each drawing in every field that may.
    private static let machine = """
        {"QueryLanguage": "JSONata", "StartAt": "Pass", "States": {
          "Pass": {"Type": "Pass", "Assign": {"a": "\(draws)", "b": "\(draws)"},
            "Output": "\(draws)", "Next": "Wait"},
          "Wait": {"Type": "Wait", "Seconds": "{% 1 + $floor($random() * 5) %}", "Next": "Map"},
          "Map": {"Type": "Map", "Items": "{% $shuffle([1..4]) %}",
            "MaxConcurrency": "{% 1 + $floor($random() * 3) %}",
            "ItemSelector": "{% $uuid() %}", "ItemProcessor": {"StartAt": "Item", "States": {
              "Item": {"Type": "Pass", "Output": "{% [$states.input, $uuid()] %}", "End": true}}},
            "Assign": {"m": "{% $uuid() %}"}, "Next": "Parallel"},
          "Parallel": {"Type": "Parallel", "Arguments": "{% $uuid() %}", "Branches": [
              {"StartAt": "P1", "States": {"P1": {"Type": "Pass", "Output": "{% $uuid() %}",
                "End": true}}},
              {"StartAt": "P2", "States": {"P2": {"Type": "Pass", "Output": "{% $uuid() %}",
                "End": true}}}],
            "Output": "{% [$states.result, $uuid()] %}", "Next": "Task"},
          "Task": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {"FunctionName": "f", "Payload": "{% $uuid() %}"},
            "TimeoutSeconds": "{% 10 + $floor($random() * 5) %}",
            "Output": "{% $uuid() %}", "Next": "Choice"},
          "Choice": {"Type": "Choice", "Choices": [
              {"Condition": "{% $random() < 0 %}", "Next": "Wait"},
              {"Condition": "{% $random() < 1 %}", "Next": "Fail", "Output": "{% $uuid() %}"}]},
          "Fail": {"Type": "Fail", "Error": "{% $uuid() %}", "Cause": "{% $uuid() %}"}
        }}
        """

    private static func finished() throws -> Driver {
        var driver = try Driver(machine)
        try driver.start("{}")
        try driver.run { .taskSucceeded($0.ordinal, output: Payload(text: Array("{}".utf8))) }
        #expect(driver.state.status == .failed)
        return driver
    }

    @Test("a log with draws in every type of state derives itself")
    func replay() throws {
        #expect(try Self.finished().replayed() == nil)
    }

    @Test("no two expressions draw the same")
    func distinct() throws {
        var drawn: [String] = []
        for event in try Self.finished().events {
            guard case .stateExited(_, let details) = event.body else { continue }
            for variable in details.assignedVariables {
                drawn.append(String(decoding: variable.value.text, as: UTF8.self))
            }
        }
        #expect(drawn.count == 3)
        #expect(Set(drawn).count == drawn.count)
    }

    @Test("an evaluation that fails and is retried draws anew, and derives itself")
    func retried() throws {
        var driver = try Driver(
            """
            {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {"Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "f"},
              "Output": "{% $error($uuid()) %}", "End": true, "Retry": [
                {"ErrorEquals": ["States.ALL"], "MaxAttempts": 4, "JitterStrategy": "FULL"}]}}}
            """
        )
        try driver.start("{}")
        try driver.run { .taskSucceeded($0.ordinal, output: Payload(text: Array("{}".utf8))) }
        let causes = driver.events.compactMap { event -> String? in
            guard case .evaluationFailed(let details) = event.body else { return nil }
            return details.failure.cause
        }
        #expect(causes.count == 5)
        #expect(Set(causes).count == 5)
        #expect(try driver.replayed() == nil)
    }

    @Test("an endless expression spends its budget and fails by name")
    func endless() throws {
        var driver = try Driver(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass",
              "Output": "{% ($f := function($x) { $f($x) }; $f(1)) %}", "End": true}}}
            """
        )
        try driver.start("{}")
        guard case .executionFailed(let failure)? = driver.events.last?.body else {
            Issue.record("\(driver.events)")
            return
        }
        #expect(failure.error == "States.QueryEvaluationError")
        let bound = "evaluation: Expression evaluation timeout: Check for infinite loop"
        #expect(failure.cause?.hasSuffix(bound) == true)
    }
}
