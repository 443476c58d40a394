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
            "\(schema) These fields are required: [Resource] at /States/S/ItemReader"
        ),
        Row(
            map(#""ItemReader": {"Resource": "arn:aws:states:::s3:getObjekt"}"#),
            "\(schema) The resource provided arn:aws:states:::s3:getObjekt is not recognized. The "
                + "value is not a valid resource ARN, or the resource is not available in this "
                + "region. at /States/S/ItemReader/Resource"
        ),
        Row(
            map(#""ItemReader": {\#(reader), "Arguments": {}}"#),
            "\(schema) The field 'Arguments' is not supported by an item reader "
                + "at /States/S/ItemReader/Arguments"
        ),
        Row(
            map(
                #""ItemReader": {\#(reader), "ReaderConfig": {"InputType": "XML", "MaxItems": -1}}"#
            ),
            "\(schema) The value for the field 'InputType' must be one of [CSV, JSON, JSONL, "
                + "PARQUET, MANIFEST], but is 'XML' at /States/S/ItemReader/ReaderConfig/InputType",
            "\(schema) The value for the field 'MaxItems' must be an integer from 0 to 100000000, "
                + "but is -1 at /States/S/ItemReader/ReaderConfig/MaxItems"
        ),
        Row(
            map(#""ItemReader": {\#(reader), "ReaderConfig": {"InputType": "CSV"}}"#),
            "\(schema) The field 'CSVHeaderLocation' is required "
                + "at /States/S/ItemReader/ReaderConfig"
        ),
        // Recorded, as are the next three.
        Row(
            map(
                #""ItemReader": {\#(reader), "ReaderConfig": {"ManifestType": "S3_INVENTORY", "#
                    + #""InputType": "CSV"}}"#
            ),
            "\(schema) The field 'CSVHeaderLocation' is required "
                + "at /States/S/ItemReader/ReaderConfig"
        ),
        Row(
            map(
                #""ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2", "#
                    + #""ReaderConfig": {"Transformation": "LOAD_AND_FLATTEN"}}"#
            ),
            "\(schema) The field 'InputType' is required at /States/S/ItemReader/ReaderConfig"
        ),
        Row(
            map(
                #""ItemReader": {\#(reader), "ReaderConfig": {"InputType": "JSONL", "#
                    + #""CSVHeaderLocation": "GIVEN", "CSVHeaders": ["id"]}}"#
            ),
            "\(schema) Field 'CSVHeaderLocation' is not supported "
                + "at /States/S/ItemReader/ReaderConfig/CSVHeaderLocation",
            "\(schema) Field 'CSVHeaders' is not supported "
                + "at /States/S/ItemReader/ReaderConfig/CSVHeaders"
        ),
        Row(
            map(
                #""ItemReader": {\#(reader), "ReaderConfig": {"InputType": "CSV", "#
                    + #""CSVHeaderLocation": "GIVEN", "MaxItems": 1, "MaxItemsPath": "$.n"}}"#
            ),
            "\(schema) Only one of these fields is allowed: [MaxItems, MaxItemsPath] "
                + "at /States/S/ItemReader/ReaderConfig",
            "\(schema) These fields are required: [CSVHeaders] at /States/S/ItemReader/ReaderConfig"
        ),
        Row(
            map(
                #""ItemReader": {\#(reader), "ReaderConfig": {"InputType": "CSV", "#
                    + #""CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a", 1], "#
                    + #""CSVDelimiter": ","}}"#
            ),
            "\(schema) The value for the field 'CSVDelimiter' must be one of [COMMA, PIPE, "
                + "SEMICOLON, SPACE, TAB], but is ',' "
                + "at /States/S/ItemReader/ReaderConfig/CSVDelimiter",
            "\(schema) The value for the field 'CSVHeaders' must be a string, but is 1 "
                + "at /States/S/ItemReader/ReaderConfig/CSVHeaders[1]"
        ),
        Row(
            map(#""ItemBatcher": {"BatchInput": {"a.$": "$.a"}}"#),
            "\(schema) One of these fields is required: [MaxItemsPerBatch, MaxItemsPerBatchPath, "
                + "MaxInputBytesPerBatch, MaxInputBytesPerBatchPath] at /States/S/ItemBatcher"
        ),
        Row(
            map(#""ItemBatcher": {"MaxItemsPerBatch": 0, "MaxInputBytesPerBatch": 262145}"#),
            "\(schema) The value for the field 'MaxItemsPerBatch' must be an integer of at least "
                + "1, but is 0 at /States/S/ItemBatcher/MaxItemsPerBatch",
            "\(schema) The value for the field 'MaxInputBytesPerBatch' must be an integer from 1 "
                + "to 262144, but is 262145 at /States/S/ItemBatcher/MaxInputBytesPerBatch"
        ),
        Row(
            map(#""ResultWriter": {}"#),
            "\(schema) One of these fields is required: [Resource, WriterConfig] "
                + "at /States/S/ResultWriter"
        ),
        Row(
            map(#""ResultWriter": {"WriterConfig": {"Transformation": "COMPACT"}}"#),
            "\(schema) These fields are required: [OutputType] "
                + "at /States/S/ResultWriter/WriterConfig"
        ),
        Row(
            map(#""ToleratedFailurePercentage": 101, "ToleratedFailureCount": 1.5"#),
            "\(schema) The value for the field 'ToleratedFailurePercentage' must be a number from "
                + "0.0 to 100.0, but is 101 at /States/S/ToleratedFailurePercentage",
            "\(schema) The value for the field 'ToleratedFailureCount' must be an integer of at "
                + "least 0, but is 1.5 at /States/S/ToleratedFailureCount"
        ),
        Row(
            map(
                #""ItemBatcher": {"MaxItemsPerBatch": "{% $n %}", "MaxItemsPerBatchPath": "$.n"}"#,
                #""QueryLanguage": "JSONata","#
            ),
            "\(schema) The field 'MaxItemsPerBatchPath' is not supported by an item batcher "
                + "at /States/S/ItemBatcher/MaxItemsPerBatchPath",
            "\(schema) Only one of these fields is allowed: [MaxItemsPerBatch, "
                + "MaxItemsPerBatchPath] at /States/S/ItemBatcher"
        ),
        // Warnings.
        Row(
            map(
                #""ItemReader": {\#(reader), "ReaderConfig": {"InputType": "JSON", "#
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
