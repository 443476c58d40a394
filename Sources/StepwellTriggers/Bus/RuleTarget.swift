import StepwellEngine
package import StepwellJSON

/// A target of a rule, in the API's form.
package struct RuleTarget: Sendable, Hashable {
    package let id: String
    package var arn: String
    package var roleARN: String?
    package var input = TargetInput.event
    package var retryPolicy = RetryPolicy()
    package var deadLetterARN: String?

    package init(id: String, arn: String) {
        self.id = id
        self.arn = arn
    }

    func row(of rule: Rule) -> TriggerRow {
        let value = JSONWriter.write(.object(json))
        return TriggerRow(.target, key: TriggerKey.names(rule.bus, rule.name, id), value: value)
    }

    /// The target as ListTargetsByRule shows it.
    package var json: JSONObject {
        var members: JSONObject = ["Id": .string(id), "Arn": .string(arn)]
        members["RoleArn"] = roleARN.map { .string($0) }
        switch input {
        case .event: break
        case .constant(let text): members["Input"] = .string(text)
        case .path(let text): members["InputPath"] = .string(text)
        case .template(let template):
            var transformer: JSONObject = ["InputTemplate": .string(template.text)]
            if !template.paths.isEmpty {
                transformer["InputPathsMap"] = .object(
                    JSONObject(template.paths.map { ($0.name, .string($0.path)) })
                )
            }
            members["InputTransformer"] = .object(transformer)
        }
        if let deadLetterARN { members["DeadLetterConfig"] = ["Arn": .string(deadLetterARN)] }
        if retryPolicy != RetryPolicy() {
            let attempts = JSONNumber(Int64(retryPolicy.maximumRetryAttempts))
            let age = JSONNumber(Int64(retryPolicy.maximumEventAgeInSeconds))
            members["RetryPolicy"] = [
                "MaximumRetryAttempts": .number(attempts),
                "MaximumEventAgeInSeconds": .number(age),
            ]
        }
        return members
    }

    /// Reads a target in the API's form; nil when it is none.
    package init?(_ json: JSONValue) {
        guard let id = json["Id"]?.stringValue, let arn = json["Arn"]?.stringValue else {
            return nil
        }
        self.init(id: id, arn: arn)
        roleARN = json["RoleArn"]?.stringValue
        deadLetterARN = json["DeadLetterConfig"]?["Arn"]?.stringValue
        if let policy = json["RetryPolicy"] {
            retryPolicy = RetryPolicy(
                maximumRetryAttempts: policy["MaximumRetryAttempts"]?.intValue,
                maximumEventAgeInSeconds: policy["MaximumEventAgeInSeconds"]?.intValue
            )
        }
        if let text = json["Input"]?.stringValue {
            input = .constant(text)
        } else if let path = json["InputPath"]?.stringValue {
            input = .path(path)
        } else if let transformer = json["InputTransformer"] {
            let paths = transformer["InputPathsMap"]?.objectValue ?? [:]
            input = .template(
                InputTemplate(
                    text: transformer["InputTemplate"]?.stringValue ?? "",
                    paths: paths.map { .init(name: $0.key, path: $0.value.stringValue ?? "$") }
                )
            )
        }
    }

    init?(_ row: TriggerRow) {
        guard let json = try? JSONParser.parse(row.value) else { return nil }
        self.init(json)
    }
}
