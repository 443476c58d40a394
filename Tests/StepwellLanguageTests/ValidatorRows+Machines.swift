/// The rows about whole machines.
extension ValidatorRows {
    private static let schema = "SCHEMA_VALIDATION_FAILED:"

    static let machines: [Row] = [
        // What says what is missing hides what follows from it.
        Row(
            #"{"StartAt": "A"}"#,
            "\(schema) These fields are required: [States] at /"
        ),
        Row(
            #"{"States": {"A": {"Type": "Pass", "End": true}}}"#,
            "\(schema) These fields are required: [StartAt] at /"
        ),
        // A loop, a loop with an orphan, a loop with an end that nothing leads to (all measured).
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "#
                + #""B": {"Type": "Pass", "Next": "A"}, "O": {"Type": "Pass", "Next": "A"}}}"#,
            noEnd
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "#
                + #""B": {"Type": "Pass", "Next": "A"}, "C": {"Type": "Pass", "End": true}}}"#,
            #"MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C"#
        ),
        // One transition is enough, wherever it comes from.
        Row(
            #"{"StartAt": "Z", "States": {"A": {"Type": "Pass", "Next": "S"}, "#
                + #""S": {"Type": "Succeed"}}}"#,
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at /StartAt",
            #"MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A"#
        ),
        Row(
            #"{"StartAt": "D", "States": {"D": {"Type": "Succeed", "Next": "A"}, "#
                + #""A": {"Type": "Pass", "End": true}}}"#,
            "\(schema) Field 'Next' is not supported at /States/D"
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Z"}}}"#,
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at /States/A/Next",
            noEnd
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Nope", "End": true}}}"#,
            "\(schema) The field 'Type' should have one of these values: [Task, Wait, Pass, "
                + "Succeed, Fail, Choice, Parallel, Map] at /States/A"
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"End": true}}}"#,
            "\(schema) The field 'Type' is required at /States/A",
            noEnd
        ),
        // Query languages.
        Row(
            #"{"StartAt": "E", "States": {"E": {"Type": "Pass", "Output": 1, "End": true}}}"#,
            "\(schema) The QueryLanguage is set to 'JSONPath', but field 'Output' is only "
                + "supported for the 'JSONata' QueryLanguage at /States/E"
        ),
        Row(
            #"{"StartAt": "E", "States": {"E": {"Type": "Pass", "QueryLanguage": "jsonpath", "#
                + #""Output": 1, "End": true}}}"#,
            "\(schema) Value should be one of the following: [JSONPath, JSONata] "
                + "at /States/E/QueryLanguage"
        ),
        Row(
            #"{"StartAt": "M", "States": {"M": {"Type": "Map", "QueryLanguage": "JSONata", "#
                + #""ItemProcessor": {"QueryLanguage": "JSONata", "StartAt": "P", "States": {"#
                + #""P": {"Type": "Pass", "Output": 1, "End": true}}}, "End": true}}}"#,
            "\(schema) Field 'QueryLanguage' is not supported at /States/M/ItemProcessor",
            "\(schema) The QueryLanguage is set to 'JSONPath', but field 'Output' is only "
                + "supported for the 'JSONata' QueryLanguage "
                + "at /States/M/ItemProcessor/States/P"
        ),
        Row(
            #"{"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [{"#
                + #""QueryLanguage": "JSONPath", "StartAt": "S", "States": {"S": {"#
                + #""Type": "Succeed"}}}], "End": true}}}"#,
            "\(schema) Field 'QueryLanguage' is not supported at /States/P/Branches[0]"
        ),
        Row("", "\(schema) Definition must be a valid JSON object at null"),
        Row("[]", "\(schema) Definition must be a valid JSON object at null"),
        Row("{}", "\(schema) These fields are required: [States, StartAt] at /"),
        Row(
            #"{"StartAt": "A", "States": {}}"#,
            "\(schema) Value cannot be empty at /States",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: A at /StartAt",
            noEnd
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
            noEnd
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
            noEnd
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"v": 1}, "Next": "B"}, "#
                + #""B": {"Type": "Map", "End": true, "Iterator": {"StartAt": "C", "States": "#
                + #"{"C": {"Type": "Pass", "Assign": {"v.$": "$v"}, "End": true}}}}}}"#,
            "\(schema) The variable name 'v' was already defined in a parent scope. "
                + "at /States/B/Iterator/States/C/Assign/v.$"
        ),
        Row(
            #"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "#
                + #""QueryLanguage": "JSONata", "Output": "{% $eval('1') %}", "End": true}}}"#
        ),
        Row(
            #"{"StartAt": "A", "Version": 1, "Timeout": 5, "States": {"A": {"Type": "Succeed"}}}"#,
            "\(schema) Expected value of type String at /Version",
            "\(schema) Field 'Timeout' is not supported at /"
        ),
        Row(
            #"{"StartAt": "A", "States": {"A": 7}}"#,
            "\(schema) Expected value of type Object at /States/A",
            noEnd
        ),
        Row(
            #"{"StartAt": "\#(long)", "States": {"\#(long)": {"Type": "Succeed"}}}"#,
            "INVALID_STATE_NAME: The name of a state has 1 to 80 characters, this one has 81 "
                + "at /States/\(long)"
        ),
    ]

    private static let long = String(repeating: "n", count: 81)
}
