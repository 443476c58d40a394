/// The rows about the fields of distributed Map states.
extension ValidatorRows {
    /// A distributed Map with further fields.
    private static func map(_ fields: String, _ language: String = "") -> String {
        #""Type": "Map", "End": true, \#(language) "ItemProcessor": {"ProcessorConfig": {"Mode": "#
            + #""DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "P", "States": {"P": "#
            + #"{"Type": "Succeed"}}}, \#(fields)"#
    }

    private static let schema = "SCHEMA_VALIDATION_FAILED:"
    private static let reader = #""Resource": "arn:aws:states:::s3:getObject""#

    static let distributed: [Row] = [
        Row(
            map(#""ItemReader": {}"#),
            "\(schema) These fields are required: [Parameters, Resource] at /States/S/ItemReader"
        ),
        Row(
            map(#""ItemReader": {"Resource": "arn:aws:states:::s3:getObjekt", "Parameters": {}}"#),
            "\(schema) The resource provided arn:aws:states:::s3:getObjekt is not recognized. The "
                + "value is not a valid resource ARN, or the resource is not available in this "
                + "region. at /States/S/ItemReader/Resource"
        ),
        Row(
            map(#""ItemReader": {\#(reader), "Arguments": {}}"#),
            "\(schema) These fields are required: [Parameters] at /States/S/ItemReader",
            "\(schema) The QueryLanguage is set to 'JSONPath', but field 'Arguments' is only "
                + "supported for the 'JSONata' QueryLanguage at /States/S/ItemReader"
        ),
        Row(
            map(
                #""ItemReader": {\#(reader), "Parameters": {}, "#
                    + #""ReaderConfig": {"InputType": "XML", "MaxItems": -1}}"#
            ),
            "\(schema) Value should be one of the following: [CSV, JSON, JSONL, PARQUET, MANIFEST] "
                + "at /States/S/ItemReader/ReaderConfig/InputType",
            "\(schema) Minimum value is 0 at /States/S/ItemReader/ReaderConfig/MaxItems"
        ),
        Row(
            map(
                #""ItemReader": {\#(reader), "Parameters": {}, "#
                    + #""ReaderConfig": {"InputType": "CSV"}}"#
            ),
            "\(schema) The field 'CSVHeaderLocation' is required "
                + "at /States/S/ItemReader/ReaderConfig"
        ),
        // Recorded, as are the next three.
        Row(
            map(
                #""ItemReader": {\#(reader), "Parameters": {}, "#
                    + #""ReaderConfig": {"ManifestType": "S3_INVENTORY", "#
                    + #""InputType": "CSV"}}"#
            ),
            "\(schema) The field 'CSVHeaderLocation' is required "
                + "at /States/S/ItemReader/ReaderConfig"
        ),
        Row(
            map(
                #""ItemReader": {"Parameters": {}, "#
                    + #""Resource": "arn:aws:states:::s3:listObjectsV2", "#
                    + #""ReaderConfig": {"Transformation": "LOAD_AND_FLATTEN"}}"#
            ),
            "\(schema) The field 'InputType' is required at /States/S/ItemReader/ReaderConfig"
        ),
        Row(
            map(
                #""ItemReader": {\#(reader), "Parameters": {}, "#
                    + #""ReaderConfig": {"InputType": "JSONL", "#
                    + #""CSVHeaderLocation": "GIVEN", "CSVHeaders": ["id"]}}"#
            ),
            "\(schema) Field 'CSVHeaderLocation' is not supported "
                + "at /States/S/ItemReader/ReaderConfig",
            "\(schema) Field 'CSVHeaders' is not supported "
                + "at /States/S/ItemReader/ReaderConfig"
        ),
        Row(
            map(
                #""ItemReader": {\#(reader), "Parameters": {}, "#
                    + #""ReaderConfig": {"InputType": "CSV", "#
                    + #""CSVHeaderLocation": "GIVEN", "MaxItems": 1, "MaxItemsPath": "$.n"}}"#
            ),
            "\(schema) There should only be one of the following fields: [MaxItems, MaxItemsPath] "
                + "at /States/S/ItemReader/ReaderConfig",
            "\(schema) These fields are required: [CSVHeaders] at /States/S/ItemReader/ReaderConfig"
        ),
        Row(
            map(
                #""ItemReader": {\#(reader), "Parameters": {}, "#
                    + #""ReaderConfig": {"InputType": "CSV", "#
                    + #""CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a", 1], "#
                    + #""CSVDelimiter": ","}}"#
            ),
            "\(schema) Value should be one of the following: [COMMA, PIPE, SEMICOLON, SPACE, TAB] "
                + "at /States/S/ItemReader/ReaderConfig/CSVDelimiter",
            "\(schema) Expected value of type String "
                + "at /States/S/ItemReader/ReaderConfig/CSVHeaders[1]"
        ),
        Row(
            map(#""ItemBatcher": {"BatchInput": {"a.$": "$.a"}}"#),
            "\(schema) One of these fields is required: [MaxItemsPerBatch, MaxItemsPerBatchPath, "
                + "MaxInputBytesPerBatch, MaxInputBytesPerBatchPath] at /States/S/ItemBatcher"
        ),
        Row(
            map(#""ItemBatcher": {"MaxItemsPerBatch": 0, "MaxInputBytesPerBatch": 262145}"#),
            "\(schema) Minimum value is 1 at /States/S/ItemBatcher/MaxItemsPerBatch",
            "\(schema) Maximum value is 262144 at /States/S/ItemBatcher/MaxInputBytesPerBatch"
        ),
        Row(
            map(#""ResultWriter": {}"#),
            "\(schema) These fields are required: [Parameters, Resource] at /States/S/ResultWriter"
        ),
        Row(
            map(
                #""ResultWriter": {"Resource": "arn:aws:states:::s3:putObject"}"#,
                #""QueryLanguage": "JSONata","#
            ),
            "\(schema) These fields are required: [Arguments] at /States/S/ResultWriter"
        ),
        Row(
            map(#""ResultWriter": {"WriterConfig": {"Transformation": "COMPACT"}}"#),
            "\(schema) These fields are required: [OutputType] "
                + "at /States/S/ResultWriter/WriterConfig"
        ),
        Row(
            map(#""ToleratedFailurePercentage": 101, "ToleratedFailureCount": 1.5"#),
            "\(schema) Maximum value is 100.0 at /States/S/ToleratedFailurePercentage",
            "\(schema) Expected value of type Integer at /States/S/ToleratedFailureCount"
        ),
        Row(
            map(
                #""ItemBatcher": {"MaxItemsPerBatch": "{% $n %}", "MaxItemsPerBatchPath": "$.n"}"#,
                #""QueryLanguage": "JSONata","#
            ),
            "\(schema) The QueryLanguage is set to 'JSONata', but field 'MaxItemsPerBatchPath' is "
                + "only supported for the 'JSONPath' QueryLanguage at /States/S/ItemBatcher",
            "\(schema) There should only be one of the following fields: [MaxItemsPerBatchPath, "
                + "MaxItemsPerBatch] at /States/S/ItemBatcher"
        ),
        Row(
            map(
                #""MaxConcurrencyPath": "$$.Execution.Input.n", "#
                    + #""ToleratedFailureCountPath": "$.a[*]""#
            ),
            "\(schema) Value is not a Reference Path at /States/S/MaxConcurrencyPath",
            "\(schema) Value is not a Reference Path at /States/S/ToleratedFailureCountPath"
        ),
        // Warnings.
        Row(
            map(
                #""ItemReader": {\#(reader), "Parameters": {}, "#
                    + #""ReaderConfig": {"InputType": "JSON", "#
                    + #""ManifestType": "S3_INVENTORY"}}"#
            ),
            "NO_EFFECT: The field 'ManifestType' has no effect here "
                + "at /States/S/ItemReader/ReaderConfig/ManifestType"
        ),
        Row(
            #""Type": "Map", "End": true, "ToleratedFailureCount": 2, "Iterator": {"StartAt": "#
                + #""P", "States": {"P": {"Type": "Succeed"}}}"#,
            "NO_EFFECT: The field 'ToleratedFailureCount' has no effect in INLINE mode "
                + "at /States/S/ToleratedFailureCount"
        ),
    ]
}
