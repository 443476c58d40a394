/// The shapes of EventBridge Scheduler's service model.
extension ValueShape {
    static let scheduleName = string(StringConstraints(length: 1...64, pattern: .scheduleName))
    static let schedulerToken = string(
        StringConstraints(length: 1...64, pattern: .schedulerToken)
    )
    static let schedulerPage = integer(1...100)
    static let schedulerPageToken = string(1...2_048)
    static let scheduleState = oneOf("ENABLED", "DISABLED")
    /// Seconds since 1970, up to the year 9999.
    static let time = number(0...253_402_300_799)
    static let scheduleGroupARN = string(
        StringConstraints(length: 1...1_011, pattern: .scheduleGroupARN)
    )
    static let schedulerTags = list(
        of: .structure([.required("Key", .string(1...128)), .required("Value", .string(1...256))]),
        count: 0...200
    )
    static let flexibleTimeWindow = structure([
        .optional("MaximumWindowInMinutes", .integer(1...1_440)),
        .required("Mode", .oneOf("OFF", "FLEXIBLE")),
    ])
    static let scheduleTarget = structure([
        .required("Arn", .string(1...1_600)),
        .optional(
            "DeadLetterConfig",
            .structure([
                .optional("Arn", .string(StringConstraints(length: 1...1_600, pattern: .queueARN)))
            ])
        ),
        .unsupported("EcsParameters", .structure([])),
        .optional(
            "EventBridgeParameters",
            .structure([
                .required("DetailType", .string(1...128)), .required("Source", .string(1...256)),
            ])
        ),
        .optional("Input", .sensitive(1...262_144)),
        .unsupported("KinesisParameters", .structure([])),
        .optional(
            "RetryPolicy",
            .structure([
                .optional("MaximumEventAgeInSeconds", .integer(60...86_400)),
                .optional("MaximumRetryAttempts", .integer(0...185)),
            ])
        ),
        .required("RoleArn", .string(StringConstraints(length: 1...1_600, pattern: .roleARN))),
        .unsupported("SageMakerPipelineParameters", .structure([])),
        .unsupported("SqsParameters", .structure([])),
    ])
}

extension StringPattern {
    fileprivate static let scheduleName = StringPattern(text: "^[0-9a-zA-Z-_.]+$") { text in
        isWord(text[...], and: "-_.")
    }

    fileprivate static let schedulerToken = StringPattern(text: "^[a-zA-Z0-9-_]+$") { text in
        isWord(text[...], and: "-_")
    }

    fileprivate static let scheduleGroupARN = StringPattern(
        text: #"^arn:aws(-[a-z]+)?:scheduler:[a-z0-9\-]+:\d{12}:schedule-group\/[0-9a-zA-Z-_.]+$"#
    ) { text in
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0] == "arn" && parts[1].hasPrefix("aws")
            && parts[2] == "scheduler" && isWord(parts[3], and: "-") && isAccount(parts[4])
            && parts[5].hasPrefix("schedule-group/") && isWord(parts[5].dropFirst(15), and: "-_.")
    }

    fileprivate static let queueARN = StringPattern(
        text: #"^arn:aws(-[a-z]+)?:sqs:[a-z0-9\-]+:\d{12}:[a-zA-Z0-9\-_]+$"#
    ) { text in
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0] == "arn" && parts[1].hasPrefix("aws")
            && parts[2] == "sqs" && isWord(parts[3], and: "-") && isAccount(parts[4])
            && isWord(parts[5], and: "-_")
    }

    fileprivate static let roleARN = StringPattern(
        text: #"^arn:aws(-[a-z]+)?:iam::\d{12}:role\/[\w+=,.@\/-]+$"#
    ) { text in
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0] == "arn" && parts[1].hasPrefix("aws")
            && parts[2] == "iam" && parts[3].isEmpty && isAccount(parts[4])
            && parts[5].hasPrefix("role/") && isWord(parts[5].dropFirst(5), and: "_+=,.@/-")
    }

    /// Whether a text is of ASCII letters, digits and some other characters, and not empty.
    private static func isWord(_ text: Substring, and others: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    true
                default: others.utf8.contains(byte)
                }
            }
    }

    private static func isAccount(_ text: Substring) -> Bool {
        text.utf8.count == 12
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
