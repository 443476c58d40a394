extension BuiltInModels {
    /// Messages, events, tables, and the tokens of roles.
    static let data: [String: BuiltInService] = [
        "sqs": BuiltInService(
            serviceID: "SQS",
            wireProtocol: .json,
            endpointPrefix: "sqs",
            apiVersion: "2012-11-05",
            jsonVersion: "1.0",
            targetPrefix: "AmazonSQS",
            isQueryCompatible: true,
            operations: [
                "SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage",
                "GetQueueUrl", "GetQueueAttributes", "ChangeMessageVisibility",
            ]
        ),
        "dynamodb": BuiltInService(
            serviceID: "DynamoDB",
            wireProtocol: .json,
            endpointPrefix: "dynamodb",
            apiVersion: "2012-08-10",
            jsonVersion: "1.0",
            targetPrefix: "DynamoDB_20120810",
            operations: [
                "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan",
                "BatchGetItem", "BatchWriteItem", "TransactGetItems",
                "TransactWriteItems token:ClientRequestToken",
            ]
        ),
        "eventbridge": BuiltInService(
            serviceID: "EventBridge",
            wireProtocol: .json,
            endpointPrefix: "events",
            apiVersion: "2015-10-07",
            targetPrefix: "AWSEvents",
            operations: ["PutEvents in:PutEventsRequest out:PutEventsResponse"],
            shapes: [
                "Entry: Time:time Source Resources:[string] DetailType Detail EventBusName "
                    + "TraceHeader",
                "PutEventsRequest: Entries:[Entry] EndpointId",
                "ResultEntry: EventId ErrorCode ErrorMessage",
                "PutEventsResponse: FailedEntryCount:int Entries:[ResultEntry]",
            ]
        ),
        "sns": BuiltInService(
            serviceID: "SNS",
            wireProtocol: .query,
            endpointPrefix: "sns",
            apiVersion: "2010-03-31",
            operations: [
                "Publish in:PublishInput out:PublishResponse errors:"
                    + "InvalidParameter=InvalidParameterException,"
                    + "ParameterValueInvalid=InvalidParameterValueException,"
                    + "InternalError=InternalErrorException,NotFound=NotFoundException,"
                    + "EndpointDisabled=EndpointDisabledException,"
                    + "PlatformApplicationDisabled=PlatformApplicationDisabledException,"
                    + "AuthorizationError=AuthorizationErrorException,"
                    + "InvalidSecurity=InvalidSecurityException,ValidationException"
            ],
            shapes: [
                "Attribute: DataType StringValue BinaryValue:blob",
                "Attributes: map Name~Name Value:Attribute~Value",
                "PublishInput: TopicArn TargetArn PhoneNumber Message Subject MessageStructure "
                    + "MessageAttributes:Attributes MessageDeduplicationId MessageGroupId",
                "PublishResponse: MessageId SequenceNumber",
            ]
        ),
        "sts": BuiltInService(
            serviceID: "STS",
            wireProtocol: .query,
            endpointPrefix: "sts",
            apiVersion: "2011-06-15",
            operations: [
                "AssumeRole in:AssumeRoleRequest out:AssumeRoleResponse",
                "AssumeRoleWithWebIdentity in:WebIdentityRequest out:WebIdentityResponse",
                "GetCallerIdentity in:Nothing out:GetCallerIdentityResponse",
            ],
            shapes: [
                "Nothing: ",
                "Tag: Key Value",
                "Policy: arn",
                "AssumeRoleRequest: RoleArn RoleSessionName PolicyArns:[Policy] Policy "
                    + "DurationSeconds:int Tags:[Tag] TransitiveTagKeys:[string] ExternalId "
                    + "SourceIdentity SerialNumber TokenCode ProvidedContexts:[Context] "
                    + "MinimumSessionTokenSize:int",
                "Context: ProviderArn ContextAssertion",
                "WebIdentityRequest: RoleArn RoleSessionName WebIdentityToken ProviderId "
                    + "PolicyArns:[Policy] Policy DurationSeconds:int MinimumSessionTokenSize:int",
                "Credentials: AccessKeyId SecretAccessKey SessionToken Expiration:time",
                "AssumedRoleUser: AssumedRoleId Arn",
                "AssumeRoleResponse: Credentials:Credentials AssumedRoleUser:AssumedRoleUser "
                    + "PackedPolicySize:int SourceIdentity SessionTokenSize:int "
                    + "SessionTokenUtilization:int",
                "WebIdentityResponse: Credentials:Credentials AssumedRoleUser:AssumedRoleUser "
                    + "PackedPolicySize:int SourceIdentity SessionTokenSize:int "
                    + "SessionTokenUtilization:int SubjectFromWebIdentityToken Provider Audience",
                "GetCallerIdentityResponse: UserId Account Arn",
            ]
        ),
    ]
}
