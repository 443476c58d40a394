import StepwellJSON

/// Writes requests of actions whose parameters no model describes.
struct LooseRequestWriter {
    let call: AWSCall
    let model: ServiceModel
    let operation: OperationModel

    /// The request of the call.
    func write(_ loose: LooseOperation) throws(AWSFault) -> WireRequest {
        let names = LooseNames(spelling: model.loose ?? LooseSpelling())
        var members = names.request(call.parameters)
        for (key, value) in members where value.isNull { members[key] = nil }
        if let token = loose.token, members[token] == nil, let key = call.idempotencyKey {
            members[token] = .string(IdempotencyToken.uuid(key))
        }
        var request = WireRequest()
        request.method = operation.method
        if model.metadata.wireProtocol == .json {
            RequestWriter.jsonHead(&request, model, operation)
            request.body = JSONWriter.write(.object(members))
            return request
        }
        var labels: [(name: String, value: String)] = []
        for (key, value) in members {
            let text = value.stringValue ?? JSONWriter.string(value)
            if operation.uri.contains("{\(key)}") || operation.uri.contains("{\(key)+}") {
                labels.append((key, text))
            } else if loose.query.contains(key) {
                for element in value.arrayValue ?? [value] {
                    let text = element.stringValue ?? JSONWriter.string(element)
                    request.query.append((key, text))
                }
            } else {
                continue
            }
            members[key] = nil
        }
        try RestPath.write(operation.uri, labels, required: nil, to: &request)
        if !members.isEmpty || request.method == "POST" && !loose.isBare {
            request.body = JSONWriter.write(.object(members))
            request.headers.append(("Content-Type", "application/json"))
        }
        return request
    }
}
