import StepwellEngine
import StepwellJSON

/// Actions that are done to several things at once: each is judged by itself, in the words in which
/// IAM has it (service authorization reference).
extension PolicyContext {
    private static let transactions = [
        "Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "Get": "GetItem",
        "ConditionCheck": "ConditionCheckItem",
    ]

    /// What an action of DynamoDB does to the tables of a batch or a transaction; empty when it is
    /// neither.
    func tables(_ action: String, _ parameters: PolicyParameters) -> [PolicyRequest] {
        let batch = (parameters["RequestItems"]?.objectValue ?? JSONObject()).map {
            request(action, on: arn("dynamodb", "table/", named: $0.key))
        }
        let items = parameters["TransactItems"]?.arrayValue ?? []
        let transaction = items.flatMap { item in
            (item.objectValue ?? JSONObject()).map { name, value in
                let table = PolicyParameters(value).text("TableName") ?? "*"
                return request(
                    "dynamodb:\(Self.transactions[name] ?? name)",
                    on: arn("dynamodb", "table/", named: table)
                )
            }
        }
        return batch + transaction
    }

    /// What an action of S3 is done to: an object, several, the bucket, and the object that is
    /// copied.
    func objects(_ action: String, _ parameters: PolicyParameters) -> [PolicyRequest] {
        guard let name = parameters.text("Bucket") else { return [request(action, on: "*")] }
        let bucket = arn(ofBucket: name)
        var keys: [String: [String]] = [:]
        keys["s3:prefix"] = parameters.text("Prefix").map { [$0] }
        let deleted = parameters["Delete"].map { PolicyParameters($0) }?["Objects"]?.arrayValue
        let several = (deleted ?? []).compactMap { PolicyParameters($0).text("Key") }
        let places: [String?] = several.isEmpty ? [parameters.text("Key")] : several
        let requests = places.map { key in
            request(action, on: key.map { "\(bucket)/\($0)" } ?? bucket, keys)
        }
        guard let source = parameters.text("CopySource") else { return requests }
        return requests + [request("s3:GetObject", on: copied(source))]
    }

    /// The object that is copied: `bucket/key`, percent-encoded, with a version or without.
    private func copied(_ source: String) -> String {
        if source.utf8.starts(with: "arn:".utf8) { return source }
        let path = source.split(separator: "?", maxSplits: 1).first.map(String.init) ?? source
        let isRooted = path.utf8.first == UInt8(ascii: "/")
        return arn(ofBucket: PercentEncoding.decode(path.utf8.dropFirst(isRooted ? 1 : 0)))
    }
}
