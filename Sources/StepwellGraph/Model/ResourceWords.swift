import StepwellJSON

/// What a Task state calls, in words: `DynamoDB: PutItem`, `Lambda: charge-card`.
struct ResourceWords {
    /// The words.
    let text: String

    private static let names: [String: String] = [
        "apigateway": "API Gateway", "athena": "Athena", "batch": "Batch", "bedrock": "Bedrock",
        "codebuild": "CodeBuild", "dynamodb": "DynamoDB", "ec2": "EC2", "ecs": "ECS",
        "eks": "EKS", "elasticmapreduce": "EMR", "emr-serverless": "EMR Serverless",
        "events": "EventBridge", "eventbridge": "EventBridge", "glue": "Glue", "http": "HTTP",
        "lambda": "Lambda", "mediaconvert": "MediaConvert", "rds": "RDS", "s3": "S3",
        "sagemaker": "SageMaker", "ses": "SES", "sfn": "Step Functions", "sns": "SNS",
        "sqs": "SQS", "ssm": "Systems Manager", "states": "Step Functions", "sts": "STS",
        "textract": "Textract", "transcribe": "Transcribe", "rekognition": "Rekognition",
    ]

    /// Reads the fields of a Task state.
    init(_ fields: JSONObject) {
        let resource = fields["Resource"]?.text ?? "Task"
        let parts = resource.utf8.split(
            separator: UInt8(ascii: ":"),
            omittingEmptySubsequences: false
        ).map { String(Substring($0)) }
        guard parts.count >= 6, parts[0] == "arn" else {
            text = resource
            return
        }
        switch (parts[2], parts[5]) {
        case ("lambda", "function") where parts.count > 6: text = "Lambda: \(parts[6])"
        case ("states", "activity") where parts.count > 6: text = "Activity: \(parts[6])"
        case ("states", _): text = Self.integration(Array(parts[5...]), fields)
        default: text = resource
        }
    }

    private static func integration(_ parts: [String], _ fields: JSONObject) -> String {
        var parts = parts
        if parts.first == "aws-sdk" { parts.removeFirst() }
        guard let service = parts.first else { return "Task" }
        let call = parts.dropFirst().joined(separator: ":")
        let dot = call.utf8.firstIndex(of: UInt8(ascii: "."))
        let action = dot.map { String(call[..<$0]) } ?? call
        let pattern = dot.map { String(call[$0...]) } ?? ""
        let name = names[service] ?? capitalised(service)
        var words = "\(name): \(called(action, service, fields))"
        if pattern.utf8.starts(with: ".sync".utf8) {
            words += ", waits for it"
        } else if pattern == ".waitForTaskToken" {
            words += ", waits for a token"
        }
        return words
    }

    /// The function of a Lambda call that is named outright, else the action.
    private static func called(_ action: String, _ service: String, _ fields: JSONObject) -> String
    {
        let arguments = fields["Parameters"]?.members ?? fields["Arguments"]?.members
        guard service == "lambda", action == "invoke",
            let function = arguments?["FunctionName"]?.text,
            !function.utf8.starts(with: "{%".utf8)
        else { return capitalised(action) }
        let parts = function.utf8.split(separator: UInt8(ascii: ":"))
            .map { String(Substring($0)) }
        guard parts.first == "arn", let place = parts.firstIndex(of: "function"),
            place + 1 < parts.count
        else { return function }
        return parts[place + 1]
    }

    private static func capitalised(_ word: String) -> String {
        guard let first = word.utf8.first, (97...122).contains(first) else { return word }
        return String(Unicode.Scalar(first - 32)) + String(Substring(word.utf8.dropFirst()))
    }
}
