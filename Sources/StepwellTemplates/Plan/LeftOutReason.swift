/// Why resources are not made here, and what stands for them.
enum LeftOutReason {
    /// The reason for a type.
    static func of(_ type: String) -> String {
        if let reason = reasons[type] { return reason }
        if type.hasPrefix("AWS::IAM::") { return role }
        if type.hasPrefix("AWS::ApiGateway") || type == "AWS::Serverless::Api"
            || type == "AWS::Serverless::HttpApi"
        {
            return "routes are made of the events of state machines; an API of its own is not"
        }
        if type.hasPrefix("Custom::") || type == "AWS::CloudFormation::CustomResource" {
            return "custom resources run in a deployment by CloudFormation only"
        }
        let parts = type.split(separator: ":")
        let service = parts.count > 1 ? parts[1].lowercased() : type
        return "this server has no such resources; `aws.endpoints.\(service)` of a configuration "
            + "file says where the service is"
    }

    private static let role =
        "roles need not exist; `serve --policy` sets what they may do"
    private static let reasons = [
        "AWS::S3::Bucket": "`serve --bucket NAME=DIR` uses a directory instead",
        "AWS::Logs::LogGroup": "`serve --execution-logs FILE` is where logs go",
        "AWS::Lambda::Permission": "anyone who may start executions may call functions",
        "AWS::Lambda::LayerVersion": "put what it holds into the function's directory",
        "AWS::Serverless::LayerVersion": "put what it holds into the function's directory",
        "AWS::Lambda::Alias": "functions run as they are; every alias leads to them",
        "AWS::Lambda::Version": "functions run as they are; every version leads to them",
        "AWS::Events::Connection": "`connections` of a configuration file has those of HTTP Tasks",
        "AWS::CDK::Metadata": "it reports usage to the CDK's makers",
        "AWS::CloudFormation::Stack": "deploy the nested template by itself",
        "AWS::Serverless::Application": "deploy the nested template by itself",
    ]
}
