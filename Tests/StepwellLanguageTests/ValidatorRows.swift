/// The rows of `ValidatorTests`.
enum ValidatorRows {
    typealias Row = ValidatorTests.Row

    private static let schema = "SCHEMA_VALIDATION_FAILED:"

    static let noEnd = "MISSING_END_STATE: Workflow has no terminal state at null"

    /// What is recorded of a rule without a comparison, less its place.
    private static let oneComparison =
        "\(schema) This object should have only one of the following fields: [StringEquals, "
        + "IsBoolean, StringLessThan, IsNumeric, BooleanEquals, StringLessThanEqualsPath, "
        + "NumericLessThan, NumericGreaterThan, NumericLessThanPath, StringMatches, "
        + "TimestampLessThanEqualsPath, NumericEquals, TimestampGreaterThan, "
        + "StringGreaterThanEqualsPath, TimestampGreaterThanEqualsPath, TimestampLessThanEquals, "
        + "NumericLessThanEqualsPath, TimestampEquals, BooleanEqualsPath, IsTimestamp, "
        + "StringLessThanEquals, NumericLessThanEquals, StringLessThanPath, "
        + "TimestampGreaterThanPath, StringGreaterThan, StringGreaterThanPath, IsString, "
        + "StringEqualsPath, TimestampEqualsPath, TimestampLessThan, StringGreaterThanEquals, "
        + "NumericGreaterThanPath, NumericGreaterThanEquals, NumericEqualsPath, "
        + "TimestampLessThanPath, IsNull, IsPresent, TimestampGreaterThanEquals, "
        + "NumericGreaterThanEqualsPath]"

    static let states: [Row] = [
        // Table: required, unknown, foreign and mistyped fields.
        Row(
            "",
            "\(schema) The field 'Type' is required at /States/S"
        ),
        Row(
            #""Type": "Task", "End": true"#,
            "\(schema) These fields are required: [Resource] at /States/S"
        ),
        Row(
            #""Type": "Nap", "End": true"#,
            "\(schema) The field 'Type' should have one of these values: [Task, Wait, Pass, "
                + "Succeed, Fail, Choice, Parallel, Map] at /States/S"
        ),
        Row(
            #""Type": "Pass", "End": true, "Foo": 1"#,
            "\(schema) Field 'Foo' is not supported at /States/S"
        ),
        Row(
            #""Type": "Succeed", "Next": "A""#,
            "\(schema) Field 'Next' is not supported at /States/S"
        ),
        Row(
            #""Type": "Pass", "End": true, "Retry": []"#,
            "\(schema) Field 'Retry' is not supported at /States/S"
        ),
        Row(
            #""Type": "Task", "Resource": "r:r", "End": true, "TimeoutSeconds": 0"#,
            "\(schema) Minimum value is 1 at /States/S/TimeoutSeconds"
        ),
        Row(
            #""Type": "Task", "Resource": "", "End": true"#,
            "\(schema) Value cannot be empty at /States/S/Resource"
        ),
        Row(
            #""Type": "Wait", "Seconds": "5", "End": true"#,
            "\(schema) Expected value of type Integer at /States/S/Seconds"
        ),
        Row(
            #""Type": "Wait", "Seconds": 1.5, "End": true"#,
            "\(schema) Expected value of type Integer at /States/S/Seconds"
        ),
        Row(
            #""Type": "Pass", "End": 1"#,
            "\(schema) Expected value of type Boolean at /States/S/End"
        ),
        // Transitions.
        Row(
            #""Type": "Pass""#,
            "\(schema) This object should have only one of the following fields: [Next, End] "
                + "at /States/S"
        ),
        Row(
            #""Type": "Pass", "Next": "A", "End": true"#,
            "\(schema) This object should have only one of the following fields: [Next, End] "
                + "at /States/S"
        ),
        Row(
            #""Type": "Pass", "End": false"#,
            "\(schema) A state without 'Next' must have \"End\": true at /States/S/End"
        ),
        // Exclusive fields.
        Row(
            #""Type": "Wait", "End": true"#,
            "\(schema) This object should have only one of the following fields: [SecondsPath, "
                + "Seconds, TimestampPath, Timestamp] at /States/S"
        ),
        Row(
            #""Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "End": true"#,
            "\(schema) This object should have only one of the following fields: [SecondsPath, "
                + "Seconds, TimestampPath, Timestamp] at /States/S"
        ),
        // Paths, templates and expressions.
        Row(
            #""Type": "Pass", "InputPath": "a", "End": true"#,
            "\(schema) The value for the field 'InputPath' must be a valid JSONPath "
                + "at /States/S/InputPath"
        ),
        Row(
            #""Type": "Pass", "ResultPath": "$.a[*]", "End": true"#,
            "\(schema) Value is not a Reference Path at /States/S/ResultPath"
        ),
        Row(
            #""Type": "Pass", "ResultPath": "$$.a", "End": true"#,
            "\(schema) Value is not a Reference Path at /States/S/ResultPath"
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
            "\(schema) States.ALL must appear alone and at end of list "
                + "at /States/S/Retry[1]/ErrorEquals[0]",
            "\(schema) Minimum value is 0 at /States/S/Retry[2]/MaxAttempts"
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
            #""Type": "Task", "Resource": "arn:local:work", "End": true"#,
            "\(schema) The resource provided arn:local:work is not recognized. The value is not a "
                + "valid resource ARN, or the resource is not available in this region. "
                + "at /States/S/Resource"
        ),
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
            oneComparison + " at /States/S/Choices[0]"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "#
                + #""IsString": true, "Next": "A"}]"#,
            oneComparison + " at /States/S/Choices[0]"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"And": [{"Variable": "$.a", "IsNull": 1, "#
                + #""Next": "A"}], "Next": "A"}]"#,
            "\(schema) Expected value of type Boolean at /States/S/Choices[0]/And[0]/IsNull",
            "\(schema) Field 'Next' is not supported at /States/S/Choices[0]/And[0]"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"Not": {"IsNull": true}, "Next": "A"}]"#,
            "\(schema) These fields are required: [Variable] at /States/S/Choices[0]/Not"
        ),
        Row(
            #""Type": "Choice", "Choices": [{"Variable": "$.a", "StringMatchesPath": "$.b", "#
                + #""Next": "A"}]"#,
            "\(schema) Field 'StringMatchesPath' is not supported at /States/S/Choices[0]",
            oneComparison + " at /States/S/Choices[0]"
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
                + "at /States/S/Branches[0]/States/P/Next",
            noEnd
        ),
        Row(
            #""Type": "Map", "End": true"#,
            "\(schema) This object should have only one of the following fields: [ItemProcessor, "
                + "Iterator] at /States/S"
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
            "INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output"
        ),
    ]
}
