/// The rows about states in JSONata; each fields stand in a state of a JSONata machine.
extension ValidatorRows {
    private static let schema = "SCHEMA_VALIDATION_FAILED:"

    private static func foreign(_ field: String) -> String {
        "\(schema) The QueryLanguage is set to 'JSONata', but field '\(field)' is only supported "
            + "for the 'JSONPath' QueryLanguage"
    }

    private static func topLevel(_ name: String) -> String {
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '\(name)' at the top level is not supported."
    }

    private static func unclosed(_ field: String) -> String {
        "INVALID_JSONATA_EXPRESSION: A JSONata expression must be enclosed in {% and %} "
            + "at /States/S/\(field)"
    }

    private static func unclosed(_ item: Int) -> String { unclosed("Output[\(item)]") }

    static let jsonata: [Row] = [
        Row(
            #""Type": "Pass", "End": true, "Parameters": {}, "ResultPath": "$.a""#,
            foreign("Parameters") + " at /States/S",
            foreign("ResultPath") + " at /States/S"
        ),
        Row(
            #""Type": "Pass", "End": true, "QueryLanguage": "JSONPath""#,
            "\(schema) 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state "
                + "machine at /States/S"
        ),
        Row(
            #""Type": "Wait", "End": true, "Seconds": "5""#,
            "\(schema) Expected value of type Integer at /States/S/Seconds"
        ),
        Row(
            #""Type": "Wait", "End": true, "SecondsPath": "$.s""#,
            foreign("SecondsPath") + " at /States/S"
        ),
        Row(
            #""Type": "Fail", "Error": "{% 'E'", "Cause": "'c' %}""#,
            unclosed("Error"),
            unclosed("Cause")
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "#
                + #""Credentials": {"RoleArn": "{% r %}"}"#,
            topLevel("r") + " at /States/S/Credentials/RoleArn"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"Condition": "yes", "Next": "A"}, {"Next": "A"}]"#,
            "\(schema) Expected value of type Boolean at /States/S/Choices[0]/Condition",
            "\(schema) These fields are required: [Condition] at /States/S/Choices[1]"
        ),
        Row(
            #""Type": "Choice", "Default": "A", "Choices": [{"Variable": "$.a", "#
                + #""IsNull": true, "Condition": true, "Next": "A"}]"#,
            foreign("Variable") + " at /States/S/Choices[0]",
            foreign("IsNull") + " at /States/S/Choices[0]"
        ),
        Row(
            #""Type": "Map", "End": true, "Items": 3, "ItemProcessor": {"StartAt": "P", "#
                + #""States": {"P": {"Type": "Succeed"}}}"#,
            "\(schema) Expected value of type Array at /States/S/Items"
        ),
        Row(
            #""Type": "Map", "End": true, "Items": {"a": 1}, "ItemProcessor": {"StartAt": "P", "#
                + #""States": {"P": {"Type": "Succeed"}}}"#,
            "\(schema) Only a Map state in DISTRIBUTED mode iterates over an object "
                + "at /States/S/Items"
        ),
        Row(
            #""Type": "Map", "End": true, "Items": [1, "{% 1 + %}"], "ItemProcessor": "#
                + #"{"StartAt": "P", "States": {"P": {"Type": "Succeed"}}}"#,
            "INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Items[1]"
        ),
        Row(
            #""Type": "Pass", "End": true, "Assign": {"states": 1}"#,
            "\(schema) The variable name 'states' is not valid: 'states' is reserved "
                + "at /States/S/Assign/states"
        ),
        // What $states does not hold everywhere.
        Row(
            #""Type": "Pass", "End": true, "Output": "{% $states.result %}""#,
            "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. "
                + "at /States/S/Output"
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "Arguments": "#
                + #"{"a": ["{% $states.'result'.b %}"]}, "Output": "{% $states.errorOutput %}""#,
            "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. "
                + "at /States/S/Arguments/a[0]",
            "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. "
                + "at /States/S/Output"
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "Catch": [{"ErrorEquals": ["E"], "#
                + #""Next": "A", "Assign": {"v": "{% $states.result %}"}}]"#,
            "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. "
                + "at /States/S/Catch[0]/Assign/v"
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": "{% $states.inputs.a %}""#,
            "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.inputs' does not exist. "
                + "at /States/S/Output"
        ),
        // Names that are looked up in an input that no expression has.
        Row(
            #""Type": "Pass", "End": true, "Output": {"r": "{% phone & name & phone %}"}"#,
            topLevel("phone") + " at /States/S/Output/r",
            topLevel("name") + " at /States/S/Output/r"
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": ["{% $.a %}", "{% $$ %}", "{% *.a %}", "#
                + #""{% **.a %}"]"#,
            topLevel("$") + " at /States/S/Output[0]",
            topLevel("$$") + " at /States/S/Output[1]",
            topLevel("*") + " at /States/S/Output[2]",
            topLevel("**") + " at /States/S/Output[3]"
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": "{% $map([1], function($x) { y }) "#
                + #"~> $exists %}""#,
            topLevel("y") + " at /States/S/Output"
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": "{% $states.input.a[b = $$.c].(d & $.e) %}""#,
            topLevel("$$") + " at /States/S/Output"
        ),
        Row(
            #""Type": "Choice", "Default": "A", "Choices": [{"Condition": "{% ok %}", "#
                + #""Next": "A"}]"#,
            topLevel("ok") + " at /States/S/Choices[0]/Condition"
        ),
        // What JSONata 2.0.6 has not.
        Row(
            #""Type": "Pass", "End": true, "Output": ["{% $states.input.a ?? 1 %}", "#
                + #""{% $states.input.a ?: 1 %}"]"#,
            "INVALID_JSONATA_EXPRESSION: The symbol \"?\" cannot be used as a unary operator "
                + "at /States/S/Output[0]",
            "INVALID_JSONATA_EXPRESSION: The symbol \":\" cannot be used as a unary operator "
                + "at /States/S/Output[1]"
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": [" {% 1 %}", "{% 1 %} ", "{% 1", "1 %}"]"#,
            unclosed(0),
            unclosed(1),
            unclosed(2),
            unclosed(3)
        ),
        // Warnings.
        Row(
            #""Type": "Pass", "End": true, "Output": " {% 1 %} ""#,
            "NO_EXPRESSION: A string that looks like a JSONata expression but is taken literally "
                + "at /States/S/Output"
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": {"a": [1, "{% $nope + $sum([1]) %}"]}"#,
            "UNDEFINED_VARIABLE: The variable '$nope' is not assigned by any state of this scope "
                + "or of those around it at /States/S/Output/a[1]"
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": {"a.$": "$.b"}"#,
            "NO_EXPRESSION: A JSONata state does not evaluate 'a.$' at /States/S/Output/a.$"
        ),
        // Nothing to say.
        Row(
            #""Type": "Pass", "End": true, "Output": "#
                + #""{% $states.input.a[b > 1]^(c){d: $sum(e)} %}""#
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": "{% $states.input ~> |a|{'b': c}| %}""#
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": "{% $states.context.Execution.(Id & '%}') %}""#
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "Assign": "#
                + #"{"r": "{% $states.result.a & $states.input.result %}"}, "Output": "#
                + #""{% ($states := {}; $states.errorOutput) %}""#
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "Arguments": "{% $states.input %}", "#
                + #""TimeoutSeconds": "{% 1 %}", "HeartbeatSeconds": "{% 1 %}", "#
                + #""Credentials": {"RoleArn": "{% $states.input.role %}"}, "Catch": "#
                + #"[{"ErrorEquals": ["E"], "Next": "A", "Output": "{% $states.errorOutput %}", "#
                + #""Assign": {"v": 1}}], "Output": "{% ($x := 1; $map([1], "#
                + #"function($i, $n) { $i + $n + $x + $v })) %}""#
        ),
    ]
}
