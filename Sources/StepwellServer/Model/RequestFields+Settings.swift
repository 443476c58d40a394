import StepwellEngine

extension RequestFields {
    /// `tags`.
    var tags: [ResourceTag] {
        structures("tags").map {
            ResourceTag(key: $0.required("key"), value: $0.string("value") ?? "")
        }
    }

    /// `routingConfiguration`; empty when it was not given.
    var routingConfiguration: [RoutingConfigurationItem] {
        structures("routingConfiguration").map {
            RoutingConfigurationItem(
                stateMachineVersionARN: $0.required("stateMachineVersionArn"),
                weight: $0.integer("weight") ?? 0
            )
        }
    }

    /// `loggingConfiguration`.
    var loggingConfiguration: LoggingConfiguration? {
        structure("loggingConfiguration").map { fields in
            LoggingConfiguration(
                level: fields.string("level").flatMap { .init(rawValue: $0) } ?? .off,
                includeExecutionData: fields.boolean("includeExecutionData") ?? false,
                destinations: fields.value("destinations").map { _ in
                    fields.structures("destinations").map {
                        $0.structure("cloudWatchLogsLogGroup")?.string("logGroupArn") ?? ""
                    }
                }
            )
        }
    }

    /// `tracingConfiguration.enabled`.
    var tracingEnabled: Bool? {
        structure("tracingConfiguration").map { $0.boolean("enabled") ?? false }
    }

    /// `encryptionConfiguration`.
    var encryptionConfiguration: EncryptionConfiguration? {
        structure("encryptionConfiguration").map { fields in
            EncryptionConfiguration(
                type: fields.required("type"),
                kmsKeyID: fields.string("kmsKeyId"),
                kmsDataKeyReusePeriodSeconds: fields.integer("kmsDataKeyReusePeriodSeconds")
            )
        }
    }
}
