/// The rows about states in JSONata; each fields stand in a state of a JSONata machine.
extension ValidatorRows {
    private static let schema = "SCHEMA_VALIDATION_FAILED:"

    static let jsonata: [Row] = [
        Row(
            #""Type": "Pass", "End": true, "Parameters": {}, "ResultPath": "$.a""#,
            "\(schema) The field 'Parameters' is not supported by a Pass state "
                + "at /States/S/Parameters",
            "\(schema) The field 'ResultPath' is not supported by a Pass state "
                + "at /States/S/ResultPath"
        ),
        Row(
            #""Type": "Pass", "End": true, "QueryLanguage": "JSONPath""#,
            "\(schema) A JSONata state machine cannot hold a JSONPath state "
                + "at /States/S/QueryLanguage"
        ),
        Row(
            #""Type": "Wait", "End": true, "Seconds": "5""#,
            "\(schema) The value for the field 'Seconds' must be an integer from 0 to 99999999, "
                + "but is '5' at /States/S/Seconds"
        ),
        Row(
            #""Type": "Wait", "End": true, "SecondsPath": "$.s""#,
            "\(schema) The field 'SecondsPath' is not supported by a Wait state "
                + "at /States/S/SecondsPath",
            "\(schema) One of these fields is required: [Seconds, Timestamp] at /States/S"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"Condition": "yes", "Next": "A"}, {"Next": "A"}]"#,
            "\(schema) The value for the field 'Condition' must be true or false, but is 'yes' "
                + "at /States/S/Choices[0]/Condition",
            "\(schema) These fields are required: [Condition] at /States/S/Choices[1]"
        ),
        Row(
            #""Type": "Choice", "Default": "A", "Choices": [{"Variable": "$.a", "#
                + #""IsNull": true, "Condition": true, "Next": "A"}]"#,
            "\(schema) The field 'Variable' is not supported by a choice rule "
                + "at /States/S/Choices[0]/Variable",
            "\(schema) The field 'IsNull' is not supported by a choice rule "
                + "at /States/S/Choices[0]/IsNull"
        ),
        Row(
            #""Type": "Map", "End": true, "Items": 3, "ItemProcessor": {"StartAt": "P", "#
                + #""States": {"P": {"Type": "Succeed"}}}"#,
            "\(schema) The value for the field 'Items' must be an array or an object, but is 3 "
                + "at /States/S/Items"
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
            "\(schema) The JSONata expression '1 +' is not valid. S0207: Unexpected end of "
                + "expression at /States/S/Items[1]"
        ),
        Row(
            #""Type": "Pass", "End": true, "Assign": {"states": 1}"#,
            "\(schema) The variable name 'states' is not valid: 'states' is reserved "
                + "at /States/S/Assign/states"
        ),
        // What $states does not hold everywhere.
        Row(
            #""Type": "Pass", "End": true, "Output": "{% $states.result %}""#,
            "UNDEFINED_VARIABLE: '$states.result' is not accessible here, in a Pass state "
                + "at /States/S/Output"
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "Arguments": "#
                + #"{"a": ["{% $states.'result'.b %}"]}, "Output": "{% $states.errorOutput %}""#,
            "UNDEFINED_VARIABLE: '$states.result' is not accessible here, in a Task state "
                + "at /States/S/Arguments/a[0]",
            "UNDEFINED_VARIABLE: '$states.errorOutput' is not accessible here, in a Task state "
                + "at /States/S/Output"
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "Catch": [{"ErrorEquals": ["E"], "#
                + #""Next": "A", "Assign": {"v": "{% $states.result %}"}}]"#,
            "UNDEFINED_VARIABLE: '$states.result' is not accessible here, in a Task state "
                + "at /States/S/Catch[0]/Assign/v"
        ),
        // Warnings.
        Row(
            #""Type": "Pass", "End": true, "Output": {"a": [1, "{% $nope + $sum([1]) %}"]}"#,
            "UNDEFINED_VARIABLE: The variable '$nope' is not assigned by any state of this scope "
                + "or of those around it at /States/S/Output/a[1]"
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": " {% 1 %}""#,
            "NO_EXPRESSION: A string that looks like a JSONata expression but is taken literally "
                + "at /States/S/Output"
        ),
        Row(
            #""Type": "Pass", "End": true, "Output": {"a.$": "$.b"}"#,
            "NO_EXPRESSION: A JSONata state does not evaluate 'a.$' at /States/S/Output/a.$"
        ),
        // Nothing to say.
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
