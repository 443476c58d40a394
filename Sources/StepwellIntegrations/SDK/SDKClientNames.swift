/// The names of the SDK's clients for services whose model was not read.
enum SDKClientNames {
    private static let known: [String: String] = [
        "dynamodb": "DynamoDb", "secretsmanager": "SecretsManager", "eventbridge": "EventBridge",
        "cloudwatch": "CloudWatch", "cloudwatchlogs": "CloudWatchLogs",
        "apigateway": "ApiGateway", "codebuild": "CodeBuild", "sagemaker": "SageMaker",
        "mediaconvert": "MediaConvert", "databrew": "DataBrew", "emrcontainers": "EmrContainers",
        "emrserverless": "EmrServerless", "bedrockruntime": "BedrockRuntime",
        "bedrockagentcore": "BedrockAgentCore",
    ]

    /// The client's name of a service as resources spell it.
    static func name(of service: String) -> String {
        known[service] ?? SDKName.capitalized(service)
    }
}
