import StepwellLanguage
import Testing

/// `variableReferences` of DescribeStateMachine.
@Suite("The variables that states read")
struct VariableReferenceTests {
    private func references(_ definition: String) -> [String] {
        DefinitionDecoder().decode(definition).variableReferences.map {
            "\($0.state): \($0.variables.joined(separator: " "))"
        }
    }

    @Test("Paths, templates, intrinsic functions and conditions of JSONPath states")
    func jsonPath() {
        let found = references(
            """
            {"StartAt": "Z", "States": {
              "Z": {"Type": "Pass", "Assign": {"a": 1, "b": 2, "c": [1]}, "Next": "P"},
              "P": {"Type": "Pass", "InputPath": "$b", "OutputPath": "$a.x", "Next": "Q",
                "Parameters": {"x.$": "States.Array($c, $a)", "y": "$b"}},
              "Q": {"Type": "Choice", "Choices": [{"And": [
                {"Variable": "$b", "NumericEqualsPath": "$a"}], "Next": "M"}], "Default": "M"},
              "M": {"Type": "Map", "ItemsPath": "$c", "End": true, "ItemProcessor": {
                "StartAt": "States", "States": {"States": {"Type": "Pass", "End": true,
                  "Assign": {"d.$": "$a"}}}}}}}
            """
        )
        #expect(found == ["M: c", "P: a b c", "Q: a b", "States: a"])
    }

    @Test("Expressions of JSONata states; neither $states nor functions nor bound names")
    func jsonata() {
        let found = references(
            """
            {"StartAt": "A", "QueryLanguage": "JSONata", "States": {
              "A": {"Type": "Pass", "Assign": {"v": 1, "w": "{% $states.input %}"}, "Next": "B"},
              "B": {"Type": "Parallel", "End": true, "Output": "{% $sum([$w, $v]) %}",
                "Branches": [{"StartAt": "C", "States": {"C": {"Type": "Succeed",
                  "Output": {"x": ["{% ($y := $v; $y) %}"]}}}}]}}}
            """
        )
        #expect(found == ["B: v w", "C: v"])
    }

    @Test("A definition without variables has none")
    func none() {
        #expect(references(#"{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}"#).isEmpty)
        #expect(references("[]").isEmpty)
        #expect(references("{").isEmpty)
    }
}
