/// What a template is read with.
package struct TemplateSettings: Sendable {
    /// Values of parameters, by name.
    package var parameters: [String: String]
    package var region: String
    /// 12 digits.
    package var account: String
    /// `AWS::StackName`.
    package var stackName: String

    package init(
        parameters: [String: String] = [:],
        region: String = "us-east-1",
        account: String = "000000000000",
        stackName: String = "stack"
    ) {
        self.parameters = parameters
        self.region = region
        self.account = account
        self.stackName = stackName
    }
}
