/// The rows of `ValidatorTests`.
enum ValidatorRows {
    typealias Row = ValidatorTests.Row

    private static let schema = "SCHEMA_VALIDATION_FAILED:"

    static let states: [Row] = [
        // Table: required, unknown, foreign and mistyped fields.
        Row("", "\(schema) These fields are required: [Type] at /States/S"),
        Row(
            #""Type": "Task", "End": true"#,
            "\(schema) These fields are required: [Resource] at /States/S"
        ),
        Row(
            #""Type": "Nap", "End": true"#,
            "\(schema) The value for the field 'Type' must be one of [Pass, Task, Choice, Wait, "
                + "Succeed, Fail, Parallel, Map], but is 'Nap' at /States/S/Type"
        ),
        Row(
            #""Type": "Pass", "End": true, "Foo": 1"#,
            "\(schema) The field 'Foo' is not supported by a Pass state at /States/S/Foo"
        ),
        Row(
            #""Type": "Succeed", "Next": "A""#,
            "\(schema) The field 'Next' is not supported by a Succeed state at /States/S/Next"
        ),
        Row(
            #""Type": "Pass", "End": true, "Retry": []"#,
            "\(schema) The field 'Retry' is not supported by a Pass state at /States/S/Retry"
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "TimeoutSeconds": 0"#,
            "\(schema) The value for the field 'TimeoutSeconds' must be an integer from 1 to "
                + "99999999, but is 0 at /States/S/TimeoutSeconds"
        ),
        Row(
            #""Type": "Task", "Resource": "", "End": true"#,
            "\(schema) Value cannot be empty at /States/S/Resource"
        ),
        Row(
            #""Type": "Wait", "Seconds": "5", "End": true"#,
            "\(schema) The value for the field 'Seconds' must be an integer from 0 to 99999999, "
                + "but is '5' at /States/S/Seconds"
        ),
        Row(
            #""Type": "Wait", "Seconds": 1.5, "End": true"#,
            "\(schema) The value for the field 'Seconds' must be an integer from 0 to 99999999, "
                + "but is 1.5 at /States/S/Seconds"
        ),
        Row(
            #""Type": "Pass", "End": 1"#,
            "\(schema) The value for the field 'End' must be true or false, but is 1 "
                + "at /States/S/End"
        ),
        // Transitions.
        Row(
            #""Type": "Pass""#,
            "\(schema) One of these fields is required: [Next, End] at /States/S"
        ),
        Row(
            #""Type": "Pass", "Next": "A", "End": true"#,
            "\(schema) Only one of these fields is allowed: [Next, End] at /States/S"
        ),
        Row(
            #""Type": "Pass", "End": false"#,
            "\(schema) A state without 'Next' must have \"End\": true at /States/S/End"
        ),
        // Exclusive fields.
        Row(
            #""Type": "Wait", "End": true"#,
            "\(schema) One of these fields is required: [Seconds, SecondsPath, Timestamp, "
                + "TimestampPath] at /States/S"
        ),
        Row(
            #""Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "End": true"#,
            "\(schema) Only one of these fields is allowed: [Seconds, SecondsPath, Timestamp, "
                + "TimestampPath] at /States/S"
        ),
        // Paths, templates and expressions.
        Row(
            #""Type": "Pass", "InputPath": "a", "End": true"#,
            "\(schema) The value for the field 'InputPath' must be a valid JSONPath "
                + "at /States/S/InputPath"
        ),
        Row(
            #""Type": "Pass", "ResultPath": "$.a[*]", "End": true"#,
            "\(schema) The value for the field 'ResultPath' must be a valid Reference Path "
                + "at /States/S/ResultPath"
        ),
        Row(
            #""Type": "Pass", "ResultPath": "$$.a", "End": true"#,
            "\(schema) The value for the field 'ResultPath' must be a valid Reference Path "
                + "at /States/S/ResultPath"
        ),
        Row(
            #""Type": "Pass", "End": true, "#
                + #""Parameters": {"a.$": 1, "b": {"c.$": "States.Nope()"}}"#,
            "\(schema) The value for the field 'a.$' must be a valid JSONPath or a valid "
                + "intrinsic function call at /States/S/Parameters",
            "\(schema) The value for the field 'c.$' must be a valid JSONPath or a valid "
                + "intrinsic function call at /States/S/Parameters"
        ),
        Row(
            #""Type": "Pass", "Parameters": {"a": 1, "a.$": "$.a"}, "End": true"#,
            "\(schema) The fields 'a' and 'a.$' have the same name without '.$' "
                + "at /States/S/Parameters"
        ),
        Row(
            #""Type": "Fail", "ErrorPath": "States.ArrayLength($.a)""#,
            "\(schema) The value for the field 'ErrorPath' must be a call of one of "
                + "[States.Format, States.JsonToString, States.ArrayGetItem, "
                + "States.Base64Encode, States.Base64Decode, States.Hash, States.UUID] "
                + "at /States/S/ErrorPath"
        ),
        // Variables.
        Row(
            #""Type": "Pass", "End": true, "Assign": {"states": 1, "a-b": 1, "1a": 1, "": 1}"#,
            "\(schema) The variable name 'states' is not valid: 'states' is reserved "
                + "at /States/S/Assign/states",
            "\(schema) The variable name 'a-b' is not valid: it holds more than letters, digits "
                + "and underscores at /States/S/Assign/a-b",
            "\(schema) The variable name '1a' is not valid: it does not start with a letter "
                + "at /States/S/Assign/1a",
            "\(schema) The variable name '' is not valid: it is empty at /States/S/Assign/"
        ),
        Row(
            #""Type": "Pass", "End": true, "Parameters": {"a.$": "$nope.b"}"#,
            "UNDEFINED_VARIABLE: The variable '$nope' is not assigned by any state of this scope "
                + "or of those around it at /States/S/Parameters/a.$"
        ),
        // Errors.
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "#
                + #""Retry": [{"ErrorEquals": []}, "#
                + #"{"ErrorEquals": ["States.ALL", "E"]}, "#
                + #"{"ErrorEquals": ["E"], "MaxAttempts": -1}]"#,
            "\(schema) Value cannot be empty at /States/S/Retry[0]/ErrorEquals",
            "\(schema) States.ALL must be the only error name of its list "
                + "at /States/S/Retry[1]/ErrorEquals",
            "\(schema) States.ALL is only allowed in the last element "
                + "at /States/S/Retry[1]/ErrorEquals",
            "\(schema) The value for the field 'MaxAttempts' must be an integer from 0 to "
                + "99999999, but is -1 at /States/S/Retry[2]/MaxAttempts"
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "Catch": [{"ErrorEquals": ["E"]}]"#,
            "\(schema) These fields are required: [Next] at /States/S/Catch[0]"
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "Catch": "#
                + #"[{"ErrorEquals": ["E"], "Next": "Z"}]"#,
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at /States/S/Catch[0]/Next"
        ),
        Row(
            #""Type": "Fail", "Error": "States.Oops""#,
            "UNKNOWN_ERROR_NAME: 'States.Oops' is not an error name of the States language, "
                + "which reserves the prefix 'States.' at /States/S/Error"
        ),
        // Task.
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "#
                + #""TimeoutSeconds": 5, "HeartbeatSeconds": 5"#,
            "\(schema) HeartbeatSeconds (5) must be smaller than TimeoutSeconds (5) "
                + "at /States/S/HeartbeatSeconds"
        ),
        // Choice.
        Row(
            #""Type": "Choice", "Choices": [], "Default": "A""#,
            "\(schema) Value cannot be empty at /States/S/Choices"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"Variable": "$.a", "Next": "A"}]"#,
            "\(schema) A choice rule must have a comparison operator, And, Or or Not "
                + "at /States/S/Choices[0]"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "#
                + #""IsString": true, "Next": "A"}]"#,
            "\(schema) Only one of these fields is allowed: [IsNull, IsString] "
                + "at /States/S/Choices[0]"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"And": [{"Variable": "$.a", "IsNull": 1, "#
                + #""Next": "A"}], "Next": "A"}]"#,
            "\(schema) The value for the field 'IsNull' must be true or false, but is 1 "
                + "at /States/S/Choices[0]/And[0]/IsNull",
            "\(schema) The field 'Next' is not supported by a condition inside a choice rule "
                + "at /States/S/Choices[0]/And[0]/Next"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"Not": {"IsNull": true}, "Next": "A"}]"#,
            "\(schema) These fields are required: [Variable] at /States/S/Choices[0]/Not"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"Variable": "$.a", "StringMatchesPath": "$.b", "#
                + #""Next": "A"}]"#,
            "\(schema) The field 'StringMatchesPath' is not supported by a choice rule "
                + "at /States/S/Choices[0]/StringMatchesPath",
            "\(schema) A choice rule must have a comparison operator, And, Or or Not "
                + "at /States/S/Choices[0]"
        ),
        // Parallel and Map.
        Row(
            #""Type": "Parallel", "Branches": [], "End": true"#,
            "\(schema) Value cannot be empty at /States/S/Branches"
        ),
        Row(
            #""Type": "Parallel", "End": true, "Branches": [{"States": {"P": {"Type": "Pass", "#
                + #""Next": "A"}}}]"#,
            "\(schema) These fields are required: [StartAt] at /States/S/Branches[0]",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: A "
                + "at /States/S/Branches[0]/States/P/Next"
        ),
        Row(
            #""Type": "Map", "End": true"#,
            "\(schema) One of these fields is required: [ItemProcessor, Iterator] at /States/S"
        ),
        Row(
            #""Type": "Map", "End": true, "Label": "L", "Iterator": {"StartAt": "P", "#
                + #""States": {"P": {"Type": "Succeed"}}}"#,
            "\(schema) The field 'Label' is only supported by a Map state in DISTRIBUTED mode "
                + "at /States/S/Label"
        ),
        // Warnings.
        Row(
            #""Type": "Pass", "End": true, "Parameters": {"a": "$.b"}"#,
            "NO_DOLLAR: No .$ on a field that appears to be a JSONPath or Intrinsic Function. "
                + "at /States/S/Parameters/a"
        ),
        Row(
            #""Type": "Pass", "End": true, "Result": {"a.$": "$.b"}"#,
            "PASS_RESULT_IS_STATIC: Attempt to use a path in the result of a pass state. "
                + "at /States/S/Result"
        ),
        Row(
            #""Type": "Pass", "End": true, "Comment": "a", "Comment": "b""#,
            "DUPLICATE_KEY: The key 'Comment' is written twice at /States/S/Comment"
        ),
        Row(
            #""Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% 1 + %}", "End": true"#,
            "\(schema) The JSONata expression '1 +' is not valid. S0207: Unexpected end of "
                + "expression at /States/S/Output"
        ),
    ]

    static let machines: [Row] = [
        Row("", "\(schema) Definition must be a valid JSON object"),
        Row("[]", "\(schema) Definition must be a valid JSON object"),
        Row("{}", "\(schema) These fields are required: [States, StartAt] at /"),
        Row(
            #"{"StartAt": "A", "States": {}}"#,
            "\(schema) Value cannot be empty at /States",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: A at /StartAt"
        ),
        Row(
            #"{"StartAt": "B", "States": {"A": {"Type": "Succeed"}}}"#,
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /StartAt",
            #"MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A"#
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "C"}, "#
                + #""B": {"Type": "Pass", "End": true}}}"#,
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: C at /States/A/Next",
            #"MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B"#
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "#
                + #""B": {"Type": "Pass", "Next": "A"}}}"#,
            "MISSING_END_STATE: The workflow does not have a terminal state at /States"
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, "Iterator": "#
                + #"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}}}"#,
            "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Iterator/States/A"
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Fail"}, "A": {"Type": "Succeed"}}}"#,
            "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A"
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Map", "End": true, "Iterator": {"#
                + #""StartAt": "B", "States": {"B": {"Type": "Pass", "Next": "A"}}}}}}"#,
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: A "
                + "at /States/A/Iterator/States/B/Next",
            "MISSING_END_STATE: The workflow does not have a terminal state "
                + "at /States/A/Iterator/States"
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"v": 1}, "Next": "B"}, "#
                + #""B": {"Type": "Map", "End": true, "Iterator": {"StartAt": "C", "States": "#
                + #"{"C": {"Type": "Pass", "Assign": {"v.$": "$v"}, "End": true}}}}}}"#,
            "\(schema) The variable 'v' is also assigned in an outer scope "
                + "at /States/B/Iterator/States/C/Assign/v.$"
        ),
        Row(
            #"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "#
                + #""QueryLanguage": "JSONata", "Output": "{% $eval('1') %}", "End": true}}}"#
        ),
        Row(
            #"{"StartAt": "A", "Version": 1, "Timeout": 5, "States": {"A": {"Type": "Succeed"}}}"#,
            "\(schema) The value for the field 'Version' must be a string, but is 1 at /Version",
            "\(schema) The field 'Timeout' is not supported by a state machine at /Timeout"
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": 7}}"#,
            "\(schema) A state must be an object, but 'A' is a number at /States/A"
        ),
        Row(
            #"{"StartAt": "\#(long)", "States": {"\#(long)": {"Type": "Succeed"}}}"#,
            "INVALID_STATE_NAME: The name of a state has 1 to 80 characters, this one has 81 "
                + "at /States/\(long)"
        ),
    ]

    private static let long = String(repeating: "n", count: 81)
}
