/// What a value may be, in the terms of AWS's service model.
indirect enum ValueShape: Sendable {
    case string(StringConstraints)
    case integer(ClosedRange<Int64>)
    /// A number that need not be whole.
    case number(ClosedRange<Double>)
    case boolean
    case structure([MemberShape])
    case list(of: ValueShape, count: ClosedRange<Int> = 0...Int.max)
    /// Values by name.
    case map(of: ValueShape, count: ClosedRange<Int> = 0...Int.max)
}

/// The constraints on a string.
struct StringConstraints: Sendable {
    /// Lengths in UTF-16 units, as AWS's front end counts.
    var length = 0...Int.max
    /// The values of an enumeration, in the order AWS prints them.
    var values: [String] = []
    /// Whether only ASCII characters are allowed (`\p{ASCII}*`).
    var isASCII = false
    /// The form that the whole string has to have.
    var pattern: StringPattern?
    /// Whether messages leave the value out.
    var isSensitive = false
    /// Whether the quota of payloads stands for the upper length.
    var isPayload = false
}

extension ValueShape {
    /// A string within a length.
    static func string(_ length: ClosedRange<Int>) -> ValueShape {
        .string(StringConstraints(length: length))
    }

    /// A string that messages do not repeat.
    static func sensitive(_ length: ClosedRange<Int>) -> ValueShape {
        .string(StringConstraints(length: length, isSensitive: true))
    }

    /// One of some strings.
    static func oneOf(_ values: String...) -> ValueShape {
        .string(StringConstraints(values: values))
    }

    // The shapes that AWS's model names.
    static let arn = string(1...256)
    static let longARN = string(1...2000)
    static let name = string(1...80)
    static let definition = sensitive(1...1_048_576)
    static let data = string(
        StringConstraints(length: 0...262_144, isSensitive: true, isPayload: true)
    )
    static let error = sensitive(0...256)
    static let cause = sensitive(0...32_768)
    static let clientToken = string(StringConstraints(length: 1...64, pattern: .visible))
    static let taskToken = string(1...2048)
    static let pageSize = integer(0...1000)
    static let pageToken = string(1...1024)
    static let executionPageToken = string(1...3096)
    static let versionDescription = sensitive(0...256)
    static let traceHeader = string(StringConstraints(length: 0...256, isASCII: true))
    static let stateMachineType = oneOf("STANDARD", "EXPRESS")
    static let includedData = oneOf("ALL_DATA", "METADATA_ONLY")
    static let executionStatus = oneOf(
        "SUCCEEDED",
        "TIMED_OUT",
        "PENDING_REDRIVE",
        "ABORTED",
        "FAILED",
        "RUNNING"
    )
    static let aliasDescription = sensitive(0...256)
    static let aliasName = string(
        StringConstraints(length: 1...80, pattern: .aliasName)
    )
    static let routingConfiguration = list(
        of: .structure([
            .required("stateMachineVersionArn", .arn),
            .required("weight", .integer(0...100)),
        ]),
        count: 1...2
    )
    static let tagKey = string(StringConstraints(length: 1...128, pattern: .tag))
    static let tagValue = string(StringConstraints(length: 0...256, pattern: .tag))
    static let tags = list(
        of: .structure([.required("key", .tagKey), .optional("value", .tagValue)])
    )
    static let loggingConfiguration = structure([
        .optional("level", .oneOf("ALL", "ERROR", "FATAL", "OFF")),
        .optional("includeExecutionData", .boolean),
        .optional(
            "destinations",
            .list(
                of: .structure([
                    .optional(
                        "cloudWatchLogsLogGroup",
                        .structure([.optional("logGroupArn", .arn)])
                    )
                ])
            )
        ),
    ])
    static let tracingConfiguration = structure([.optional("enabled", .boolean)])
    static let encryptionConfiguration = structure([
        .optional("kmsKeyId", .string(1...2048)),
        .optional("kmsDataKeyReusePeriodSeconds", .integer(60...900)),
        .required("type", .oneOf("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY")),
    ])
}
