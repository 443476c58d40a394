extension LoggingConfiguration {
    /// Throws what AWS throws for a configuration that cannot be.
    ///
    /// `known` are the log groups that there are, by name or ARN; nil when that is not known.
    func check(among known: Set<String>?) throws(ServiceError) {
        guard groups.count <= 1, level == .off || groups.count == 1 else {
            throw Self.invalid("Must specify exactly one Log Destination.")
        }
        for arn in groups {
            let parts = arn.utf8.split(
                separator: UInt8(ascii: ":"),
                omittingEmptySubsequences: false
            ).map { String(decoding: $0, as: UTF8.self) }
            guard parts.count >= 7, parts[0] == "arn", parts[2] == "logs",
                parts[5] == "log-group", !parts[6].isEmpty
            else {
                throw Self.invalid(
                    "'\(arn)' is not the ARN of a CloudWatch Logs log group, which ends with ':*'."
                )
            }
            guard parts.count == 8, parts[7] == "*" else {
                // AWS's sentence, as a user of it was shown.
                throw Self.invalid("Log Group ARN must be provided with '*' qualifier.")
            }
            guard let known else { continue }
            let group = parts.dropLast().joined(separator: ":")
            guard known.contains(parts[6]) || known.contains(group) || known.contains(arn) else {
                throw Self.invalid("The log group '\(parts[6])' does not exist.")
            }
        }
    }

    private static func invalid(_ reason: String) -> ServiceError {
        ServiceError(
            code: "InvalidLoggingConfiguration",
            message: "Invalid Logging Configuration: \(reason)"
        )
    }
}
