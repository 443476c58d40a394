import StepwellEngine
import StepwellJSON

extension IntegratedServices {
    /// Amazon Bedrock: models are invoked with JSON, inline or as an object of S3 (developer guide,
    /// "Invoke and customize Amazon Bedrock models").
    static let bedrock = IntegratedService(
        type: "bedrock",
        service: "bedrock",
        errorPrefix: "Bedrock",
        generalError: "BedrockException",
        clientName: "AmazonBedrock",
        times: ["CreationTime", "EndTime", "LastModifiedTime"],
        actions: [
            ServiceAction(
                "InvokeModel",
                [.request, .callback],
                """
                Accept Body ContentType GuardrailIdentifier GuardrailVersion Input ModelId Output
                PerformanceConfigLatency ServiceTier Trace
                """
            ).with {
                $0.service = "bedrockruntime"
                $0.timeout = .seconds(600)
                $0.request = modelRequest
                $0.answer = modelAnswer
            },
            ServiceAction(
                "CreateModelCustomizationJob",
                [.request, .sync],
                """
                BaseModelIdentifier ClientRequestToken CustomModelKmsKeyId CustomModelName
                CustomModelTags CustomizationConfig CustomizationType HyperParameters JobName
                JobTags OutputDataConfig RoleArn TrainingDataConfig ValidationDataConfig VpcConfig
                """
            ).with {
                $0.idempotency = .token("ClientRequestToken")
                $0.job = JobRules(
                    describe: "GetModelCustomizationJob",
                    reference: [.answer("JobIdentifier", "JobArn")],
                    succeeded: ["Completed"],
                    failed: ["Failed", "Stopped"],
                    stop: JobRules.Stop(
                        action: "StopModelCustomizationJob",
                        reference: [.answer("JobIdentifier", "JobArn")]
                    )
                )
            },
        ]
    )

    @Sendable
    private static func modelRequest(
        _ given: JSONObject,
        _ exchange: ServiceExchange
    ) async throws -> JSONObject {
        var request = given
        request["Input"] = nil
        request["Output"] = nil
        if let place = given["Input"]?["S3Uri"]?.stringValue {
            let object = try s3Object(place)
            let answer = try await exchange.call("s3", "GetObject", object)
            request["Body"] = answer.output["Body"] ?? ""
        }
        if request["ContentType"] == nil { request["ContentType"] = "application/json" }
        return request.quoting("Body")
    }

    /// The body is JSON where it says so; with an `Output`, it is put there and its place is told.
    @Sendable
    private static func modelAnswer(
        _ answer: JSONObject,
        _ exchange: ServiceExchange
    ) async throws -> JSONObject {
        var result = answer
        let text = answer["Body"]?.stringValue ?? ""
        if let place = exchange.parameters["Output"]?["S3Uri"]?.stringValue {
            var object = try s3Object(place)
            object["Body"] = .string(text)
            object["ContentType"] = answer["ContentType"]
            _ = try await exchange.call("s3", "PutObject", object)
            result["Body"] = .string(place)
        } else if answer["ContentType"]?.stringValue?.hasPrefix("application/json") ?? true,
            let value = try? JSONParser.parse(Array(text.utf8))
        {
            result["Body"] = value
        }
        return result
    }

    /// Bucket and key of `s3://bucket/key`.
    private static func s3Object(_ place: String) throws -> JSONObject {
        let parts = place.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "s3:", parts[1].isEmpty, !parts[2].isEmpty,
            !parts[3].isEmpty
        else {
            throw TaskFailure(
                error: "States.Runtime",
                cause: "'\(place)' is not an S3 location of the form s3://bucket/key"
            )
        }
        return ["Bucket": .string(String(parts[2])), "Key": .string(String(parts[3]))]
    }
}
