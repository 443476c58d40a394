import StepwellHistory

/// What the `Resource` field of a Task state says about who does the work.
///
/// | resource | kind |
/// | --- | --- |
/// | `arn:aws:states:REGION:ACCOUNT:activity:NAME` | an activity |
/// | `arn:aws:lambda:REGION:ACCOUNT:function:NAME` | a Lambda function |
/// | `arn:aws:states:::SERVICE:ACTION[.sync][.waitForTaskToken]` | an integration |
/// | anything else | an integration with a handler registered under that name |
package struct TaskResourceName: Sendable {
    package let kind: TaskKind
    /// Whether a task token is minted: activities and the callback pattern.
    package let needsToken: Bool
    /// Whether the task ends with the job or execution that it begins, as with `.sync`.
    ///
    /// It has a token too, by which it may end before.
    package let endsWithJob: Bool

    package init(_ resource: String) {
        let parts = resource.utf8.split(
            separator: UInt8(ascii: ":"),
            omittingEmptySubsequences: false
        ).map { String(Substring($0)) }
        let suffix = ".waitForTaskToken"
        var endsWithJob = false
        if parts.count == 7, parts[2] == "states", parts[5] == "activity" {
            kind = .activity(resource)
            needsToken = true
        } else if parts.count >= 7, parts[2] == "lambda", parts[5] == "function" {
            kind = .lambdaFunction(resource)
            needsToken = false
        } else if parts.count >= 7, parts[2] == "states", parts[3].isEmpty {
            // `aws-sdk:sqs:sendMessage`: type `aws-sdk:sqs`, resource `sendMessage`;
            // `states:startExecution.sync:2`: type `states`, resource `startExecution.sync:2`.
            let hasVersion =
                parts.count > 7 && !parts[parts.count - 1].isEmpty
                && parts[parts.count - 1].utf8.allSatisfy { (48...57).contains($0) }
            let path = parts[5...]
            let length = hasVersion ? 2 : 1
            kind = .integration(
                TaskResource(
                    resourceType: path.dropLast(length).joined(separator: ":"),
                    resource: path.suffix(length).joined(separator: ":")
                )
            )
            needsToken = resource.utf8.count > suffix.utf8.count && resource.hasSuffix(suffix)
            endsWithJob = [".sync", ".sync:2"].contains { resource.hasSuffix($0) }
        } else {
            kind = .integration(TaskResource(resourceType: "local", resource: resource))
            needsToken = resource.hasSuffix(suffix)
        }
        self.endsWithJob = endsWithJob
    }
}
