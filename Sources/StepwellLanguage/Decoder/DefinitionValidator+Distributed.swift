import StepwellJSON
import StepwellJSONPath

extension DefinitionValidator {
    /// Checks the fields that only a Map state in DISTRIBUTED mode has.
    mutating func distributed(_ object: JSONObject, at path: DefinitionPath) {
        if let reader = object["ItemReader"]?.object {
            itemReader(reader, at: path.member("ItemReader"))
        }
        if let batcher = object["ItemBatcher"]?.object {
            itemBatcher(batcher, at: path.member("ItemBatcher"))
        }
        if let writer = object["ResultWriter"]?.object {
            resultWriter(writer, at: path.member("ResultWriter"))
        }
    }

    private mutating func itemReader(_ reader: JSONObject, at path: DefinitionPath) {
        check(reader, against: DefinitionRules.itemReader, at: path)
        known(reader, among: DefinitionRules.readerResources, at: path)
        guard let config = reader["ReaderConfig"]?.object else { return }
        let place = path.member("ReaderConfig")
        check(config, against: DefinitionRules.readerConfig, at: place)
        oneAtMost(["MaxItems", "MaxItemsPath"], of: config, at: place)
        readerCombinations(config, at: place)
    }

    /// What of a reader's configuration goes with which type of input.
    private mutating func readerCombinations(_ config: JSONObject, at path: DefinitionPath) {
        let type = config["InputType"]?.string
        if type == nil, config["Transformation"]?.string == "LOAD_AND_FLATTEN" {
            missing("InputType", at: path)
        }
        if type == "CSV", config["CSVHeaderLocation"] == nil {
            missing("CSVHeaderLocation", at: path)
        }
        if config["CSVHeaderLocation"]?.string == "GIVEN" {
            require(["CSVHeaders"], of: config, at: path)
        }
        let isKnown = type.map { type in Self.inputTypes.contains { $0 == type } } ?? false
        for field in ["CSVHeaderLocation", "CSVHeaders", "CSVDelimiter"]
        where config[field] != nil && isKnown && type != "CSV" && type != "MANIFEST" {
            unsupported(field, at: path, hint: "It belongs to InputType CSV.")
        }
        let belongs: [(field: String, types: [String])] = [
            ("ManifestType", ["MANIFEST", "CSV", "JSONL", "PARQUET"]), ("ItemsPointer", ["JSON"]),
        ]
        for (field, types) in belongs where config[field] != nil && isKnown {
            if let type, types.contains(where: { $0.utf8.elementsEqual(type.utf8) }) { continue }
            findings.warning(
                .noEffect,
                at: path.member(field),
                "The field '\(field)' has no effect here",
                hint: "It belongs to InputType \(types.joined(separator: " or "))."
            )
        }
        for (index, header) in (config["CSVHeaders"]?.array ?? []).enumerated() {
            check(
                header,
                is: .text,
                field: "CSVHeaders",
                at: path.member("CSVHeaders").item(index)
            )
        }
    }

    private static let inputTypes = ["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"]

    private mutating func missing(_ field: String, at path: DefinitionPath) {
        findings.error(at: path, AWSMessages.missingField(field))
    }

    private mutating func itemBatcher(_ batcher: JSONObject, at path: DefinitionPath) {
        check(batcher, against: DefinitionRules.itemBatcher, at: path)
        let items = ["MaxItemsPerBatch", "MaxItemsPerBatchPath"]
        let bytes = ["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"]
        oneAtMost(items, of: batcher, at: path)
        oneAtMost(bytes, of: batcher, at: path)
        let rules = DefinitionRules.itemBatcher(state.language)
        let known = (items + bytes).filter { name in rules.contains { $0.name == name } }
        if known.allSatisfy({ batcher[$0] == nil }) {
            findings.error(
                at: path,
                "One of these fields is required: [\(known.joined(separator: ", "))]"
            )
        }
    }

    private mutating func resultWriter(_ writer: JSONObject, at path: DefinitionPath) {
        check(writer, against: DefinitionRules.resultWriter, at: path)
        known(writer, among: DefinitionRules.writerResources, at: path)
        // What is only formatted is not written, and needs no place to be written to.
        let field = DefinitionRules.argumentsField(state.language)
        if writer["Resource"] != nil || writer["WriterConfig"] == nil || writer[field] != nil {
            require(["Resource", field], of: writer, at: path)
        }
        if let config = writer["WriterConfig"]?.object {
            check(config, against: DefinitionRules.writerConfig, at: path.member("WriterConfig"))
        }
    }

    /// Notes a resource; refuses one that is none of those that the field can have.
    private mutating func known(
        _ object: JSONObject,
        among resources: [String],
        at path: DefinitionPath
    ) {
        guard let resource = object["Resource"]?.string, !resource.isEmpty else { return }
        let isKnown = resources.contains {
            resource.utf8.reversed().starts(with: (":::" + $0).utf8.reversed())
        }
        guard !isKnown else { return note(resource, at: path.member("Resource")) }
        findings.error(
            at: path.member("Resource"),
            AWSMessages.unknownResource(resource),
            hint: "Use \(resources.map { "arn:aws:states:::\($0)" }.joined(separator: " or ")).",
            blocksRunningOnly: !Placeholder.names(in: resource).isEmpty
        )
    }

    /// Refuses fields beside each other.
    private mutating func oneAtMost(
        _ names: [String],
        of object: JSONObject,
        at path: DefinitionPath
    ) {
        guard names.count(where: { object[$0] != nil }) > 1 else { return }
        findings.error(
            at: path,
            AWSMessages.oneAtMost(of: JavaHash.sorted(names))
        )
    }
}
