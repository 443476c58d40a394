extension PolicyContext {
    /// Parameters that name what an action is done to, and what stands before a name in an ARN.
    static let resources: [String: [(parameter: String, prefix: String)]] = [
        "athena": [("WorkGroup", "workgroup/")],
        "bedrockruntime": [("ModelId", "model")],
        "codebuild": [("ProjectName", "project/")],
        "databrew": [("Name", "job/")],
        "dynamodb": [("TableName", "table/")],
        "ecs": [("TaskDefinition", "task-definition/"), ("Cluster", "cluster/")],
        "eks": [("ClusterName", "cluster/")],
        "emr": [("ClusterId", "cluster/"), ("JobFlowId", "cluster/")],
        "emrcontainers": [("VirtualClusterId", "/virtualclusters/")],
        "emrserverless": [("ApplicationId", "/applications/")],
        "glue": [("JobName", "job/"), ("Name", "crawler/")],
        "kinesis": [("StreamARN", ""), ("StreamName", "stream/")],
        "lambda": [("FunctionName", "function:")],
        "secretsmanager": [("SecretId", "secret:")],
        "sfn": [("StateMachineArn", ""), ("ExecutionArn", ""), ("ActivityArn", "")],
        "sns": [("TopicArn", ""), ("TargetArn", "")],
        "sqs": [("QueueUrl", "queue")],
        "ssm": [("Name", "parameter/")],
    ]

    /// The service's name in IAM's actions, where it is not that of SDK integrations.
    static func serviceName(_ service: String) -> String {
        services[service] ?? service
    }

    private static let services = [
        "accessanalyzer": "access-analyzer", "amp": "aps", "apigatewayv2": "apigateway",
        "applicationautoscaling": "application-autoscaling", "bedrockagent": "bedrock",
        "bedrockagentcore": "bedrock-agentcore", "bedrockagentruntime": "bedrock",
        "bedrockruntime": "bedrock", "cloudwatchevents": "events", "cloudwatchlogs": "logs",
        "cognitoidentity": "cognito-identity", "cognitoidentityprovider": "cognito-idp",
        "configservice": "config", "costexplorer": "ce", "databasemigration": "dms",
        "directoryservice": "ds", "docdb": "rds", "ebs": "ec2", "ecrpublic": "ecr-public",
        "efs": "elasticfilesystem", "elasticbeanstalk": "elasticbeanstalk",
        "elasticloadbalancingv2": "elasticloadbalancing", "elasticsearch": "es",
        "emr": "elasticmapreduce", "emrcontainers": "emr-containers",
        "emrserverless": "emr-serverless", "eventbridge": "events",
        "iotdataplane": "iotdata", "marketplacemetering": "aws-marketplace", "neptune": "rds",
        "opensearch": "es", "pinpoint": "mobiletargeting", "rdsdata": "rds-data",
        "redshiftdata": "redshift-data", "route53domains": "route53domains",
        "sagemakerruntime": "sagemaker", "servicediscovery": "servicediscovery", "sesv2": "ses",
        "sfn": "states", "ssooidc": "sso", "timestreamquery": "timestream",
        "timestreamwrite": "timestream", "transcribe": "transcribe",
    ]

    /// The action in IAM's words, where it is not the API's.
    static func actionName(_ service: String, _ action: String) -> String {
        if let name = actions["\(service):\(action)"] { return name }
        return action.prefix(1).uppercased() + action.dropFirst()
    }

    private static let actions = [
        "lambda:invoke": "InvokeFunction", "lambda:invokeAsync": "InvokeAsync",
        "s3:headObject": "GetObject", "s3:listObjects": "ListBucket",
        "s3:listObjectsV2": "ListBucket", "s3:headBucket": "ListBucket",
        "s3:listBuckets": "ListAllMyBuckets", "s3:copyObject": "PutObject",
        "s3:deleteObjects": "DeleteObject", "s3:createMultipartUpload": "PutObject",
        "s3:uploadPart": "PutObject", "s3:completeMultipartUpload": "PutObject",
        "s3:uploadPartCopy": "PutObject",
    ]
}
