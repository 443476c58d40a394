import StepwellEngine
import StepwellJSON
import StepwellLanguage

extension ResponseFields {
    /// `loggingConfiguration`, with the destinations that were given, also when they are none.
    mutating func add(_ configuration: LoggingConfiguration) {
        var fields = ResponseFields()
        fields.add("level", configuration.level.rawValue)
        fields.add("includeExecutionData", configuration.includeExecutionData)
        if let groups = configuration.destinations {
            let destinations = groups.map { arn in
                var group = ResponseFields()
                group.add("logGroupArn", arn)
                var destination = ResponseFields()
                destination.add("cloudWatchLogsLogGroup", group)
                return destination
            }
            fields.add("destinations", destinations)
        }
        add("loggingConfiguration", fields)
    }

    /// `tracingConfiguration`.
    mutating func add(tracingEnabled: Bool) {
        var fields = ResponseFields()
        fields.add("enabled", tracingEnabled)
        add("tracingConfiguration", fields)
    }

    /// `encryptionConfiguration`: AWS answers with its own key's where there is none.
    mutating func add(_ configuration: EncryptionConfiguration?) {
        let configuration = configuration ?? EncryptionConfiguration()
        var fields = ResponseFields()
        fields.add("kmsKeyId", configuration.kmsKeyID)
        fields.add(
            "kmsDataKeyReusePeriodSeconds",
            configuration.kmsDataKeyReusePeriodSeconds
        )
        fields.add("type", configuration.type)
        add("encryptionConfiguration", fields)
    }

    /// `variableReferences`, when there are some.
    mutating func add(_ references: [VariableReference]) {
        guard !references.isEmpty else { return }
        var object = JSONObject()
        for reference in references {
            object[reference.state] = .array(reference.variables.map { .string($0) })
        }
        add("variableReferences", .object(object))
    }
}
