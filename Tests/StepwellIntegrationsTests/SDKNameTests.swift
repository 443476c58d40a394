import Testing

@testable import StepwellIntegrations

@Suite("Names of the AWS SDK for Java")
struct SDKNameTests {
    @Test(
        "The client's name follows from the service id",
        arguments: [
            ("DynamoDB", "DynamoDb"), ("SQS", "Sqs"), ("S3", "S3"), ("EC2", "Ec2"),
            ("Secrets Manager", "SecretsManager"), ("CloudWatch Logs", "CloudWatchLogs"),
            ("Database Migration Service", "DatabaseMigration"), ("SFN", "Sfn"),
            ("SESv2", "SesV2"), ("ApiGatewayV2", "ApiGatewayV2"), ("Route 53", "Route53"),
            ("Elastic Load Balancing v2", "ElasticLoadBalancingV2"), ("IoT", "Iot"),
            ("EMR containers", "EmrContainers"), ("Bedrock AgentCore", "BedrockAgentCore"),
        ]
    )
    func clients(id: String, name: String) {
        #expect(SDKName.client(id) == name)
    }

    @Test(
        "An exception's name follows from its shape",
        arguments: [
            ("NoSuchKey", "NoSuchKeyException"),
            ("ResourceNotFoundException", "ResourceNotFoundException"),
            ("DBInstanceNotFoundFault", "DbInstanceNotFoundException"),
            ("QueueDoesNotExist", "QueueDoesNotExistException"),
        ]
    )
    func exceptions(shape: String, name: String) {
        #expect(SDKName.exception(shape) == name)
    }

    @Test(
        "Members begin with a capital, abbreviations are words",
        arguments: [
            ("cluster", "Cluster"), ("ETag", "ETag"), ("ChecksumCRC32", "ChecksumCRC32"),
            ("DBInstanceIdentifier", "DbInstanceIdentifier"), ("ACL", "Acl"), ("", ""),
            ("SSECustomerKeyMD5", "SseCustomerKeyMD5"), ("TopicArn", "TopicArn"),
            ("S3Key", "S3Key"),
        ]
    )
    func members(name: String, spelled: String) {
        #expect(SDKName.member(name) == spelled)
    }
}
