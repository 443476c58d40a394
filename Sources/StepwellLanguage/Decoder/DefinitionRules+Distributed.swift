/// The rule tables of what only a Map state in DISTRIBUTED mode has (developer guide, "Map state in
/// Distributed mode", and the pages of its fields).
extension DefinitionRules {
    /// `ItemReader`.
    static func itemReader(_ language: QueryLanguage) -> [FieldRule] {
        [
            FieldRule("Resource", .name, required: true),
            FieldRule("ReaderConfig", .object),
            arguments(language, required: true),
        ]
    }

    /// The resources of an item reader, from the service on.
    static let readerResources = ["s3:getObject", "s3:listObjectsV2"]

    /// `ItemReader.ReaderConfig`.
    static func readerConfig(_ language: QueryLanguage) -> [FieldRule] {
        let maxItems = FieldKind.integer(0...LanguageLimits.readerItems)
        let both = [
            FieldRule("InputType", .oneOf(["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"])),
            FieldRule("ManifestType", .oneOf(["ATHENA_DATA", "S3_INVENTORY"])),
            FieldRule("Transformation", .oneOf(["NONE", "LOAD_AND_FLATTEN"])),
            FieldRule(
                "CSVDelimiter",
                .oneOf(["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"])
            ),
            FieldRule("CSVHeaderLocation", .oneOf(["FIRST_ROW", "GIVEN"])),
            FieldRule("CSVHeaders", .array),
            FieldRule("ItemsPointer", .text),
        ]
        return both + number("MaxItems", maxItems, language)
    }

    /// `ItemBatcher`.
    static func itemBatcher(_ language: QueryLanguage) -> [FieldRule] {
        let input: FieldKind = language == .jsonPath ? .template : .expressions
        return number("MaxItemsPerBatch", .integer(1...Int64.max), language)
            + number(
                "MaxInputBytesPerBatch",
                .integer(1...LanguageLimits.batchBytes),
                language
            )
            + [FieldRule("BatchInput", input)]
    }

    /// `ResultWriter`.
    static func resultWriter(_ language: QueryLanguage) -> [FieldRule] {
        [
            FieldRule("Resource", .name), FieldRule("WriterConfig", .object),
            arguments(language),
        ]
    }

    /// The resources of a result writer, from the service on.
    static let writerResources = ["s3:putObject"]

    /// `ResultWriter.WriterConfig`.
    static let writerConfig = [
        FieldRule("Transformation", .oneOf(["NONE", "COMPACT", "FLATTEN"]), required: true),
        FieldRule("OutputType", .oneOf(["JSON", "JSONL"]), required: true),
    ]

    /// The field that says where to read or write.
    static func argumentsField(_ language: QueryLanguage) -> String {
        language == .jsonPath ? "Parameters" : "Arguments"
    }

    private static func arguments(
        _ language: QueryLanguage,
        required: Bool = false
    ) -> FieldRule {
        let kind: FieldKind = language == .jsonPath ? .template : .expressions
        return FieldRule(argumentsField(language), kind, required: required)
    }

    /// A number, which JSONPath may give by a path and JSONata by an expression.
    private static func number(
        _ name: String,
        _ kind: FieldKind,
        _ language: QueryLanguage
    ) -> [FieldRule] {
        switch language {
        case .jsonPath: [FieldRule(name, kind), FieldRule(name + "Path", .numberPath)]
        case .jsonata: [FieldRule(name, .orExpression(kind))]
        }
    }
}
