import StepwellJSON

/// The fields that only a Map state in DISTRIBUTED mode has.
extension DefinitionCompiler {
    func itemReader(
        _ value: JSONValue?,
        at path: DefinitionPath
    ) throws(Failure) -> ItemReaderFields? {
        guard let value else { return nil }
        guard let object = value.object, let resource = object["Resource"]?.string else {
            throw Failure(path: path.member("Resource"))
        }
        var fields = ItemReaderFields(resource: resource)
        fields.parameters = try parameters(of: object, at: path)
        fields.arguments = expressionTemplate(object["Arguments"])
        guard let configuration = object["ReaderConfig"]?.object else { return fields }
        fields.maxItems = try count(configuration, "MaxItems", at: path.member("ReaderConfig"))
        for (key, value) in configuration
        where !["MaxItems", "MaxItemsPath"].contains(where: { key.utf8.elementsEqual($0.utf8) }) {
            fields.configuration[key] = value
        }
        return fields
    }

    func itemBatcher(
        _ value: JSONValue?,
        at path: DefinitionPath
    ) throws(Failure) -> ItemBatcherFields? {
        guard let value else { return nil }
        guard let object = value.object else { throw Failure(path: path) }
        var fields = ItemBatcherFields()
        fields.maxItems = try count(object, "MaxItemsPerBatch", at: path)
        fields.maxBytes = try count(object, "MaxInputBytesPerBatch", at: path)
        if language == .jsonPath {
            fields.input = try template(object["BatchInput"], at: path.member("BatchInput"))
        }
        fields.inputTemplate = expressionTemplate(object["BatchInput"])
        return fields
    }

    func resultWriter(
        _ value: JSONValue?,
        at path: DefinitionPath
    ) throws(Failure) -> ResultWriterFields? {
        guard let value else { return nil }
        guard let object = value.object else { throw Failure(path: path) }
        var fields = ResultWriterFields()
        fields.resource = object["Resource"]?.string
        fields.parameters = try parameters(of: object, at: path)
        fields.arguments = expressionTemplate(object["Arguments"])
        fields.configuration = object["WriterConfig"]?.object
        return fields
    }

    private func parameters(
        of object: JSONObject,
        at path: DefinitionPath
    ) throws(Failure) -> PayloadTemplate? {
        guard language == .jsonPath else { return nil }
        return try template(object["Parameters"], at: path.member("Parameters"))
    }
}
