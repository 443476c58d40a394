extension BuiltInModels {
    /// Models: their training and their use.
    static let machineLearning: [String: BuiltInService] = [
        "sagemaker": BuiltInService(
            serviceID: "SageMaker",
            wireProtocol: .json,
            endpointPrefix: "api.sagemaker",
            signingName: "sagemaker",
            targetPrefix: "SageMaker",
            times: [
                "CreationTime", "LastModifiedTime", "TrainingStartTime", "TrainingEndTime",
                "TransformStartTime", "TransformEndTime", "ProcessingStartTime",
                "ProcessingEndTime", "HyperParameterTuningEndTime", "StartTime", "EndTime",
            ],
            operations: [
                "CreateTrainingJob", "DescribeTrainingJob", "StopTrainingJob",
                "CreateTransformJob", "DescribeTransformJob", "StopTransformJob",
                "CreateHyperParameterTuningJob", "DescribeHyperParameterTuningJob",
                "StopHyperParameterTuningJob", "CreateLabelingJob", "DescribeLabelingJob",
                "StopLabelingJob", "CreateProcessingJob", "DescribeProcessingJob",
                "StopProcessingJob", "CreateModel", "DescribeModel", "CreateEndpointConfig",
                "DescribeEndpointConfig", "CreateEndpoint", "UpdateEndpoint",
                "DescribeEndpoint", "AddTags",
            ]
        ),
        "bedrock": BuiltInService(
            serviceID: "Bedrock",
            wireProtocol: .restJSON,
            endpointPrefix: "bedrock",
            isLowerCase: true,
            maps: ["equals", "hyperParameters", "notEquals"],
            operations: [
                "CreateModelCustomizationJob POST /model-customization-jobs "
                    + "token:clientRequestToken",
                "GetModelCustomizationJob GET /model-customization-jobs/{jobIdentifier}",
                "StopModelCustomizationJob POST /model-customization-jobs/{jobIdentifier}/stop "
                    + "bare",
            ]
        ),
        "bedrockruntime": BuiltInService(
            serviceID: "Bedrock Runtime",
            wireProtocol: .restJSON,
            endpointPrefix: "bedrock-runtime",
            signingName: "bedrock",
            groups: [
                "%latency": "performanceConfigLatency@header="
                    + "X-Amzn-Bedrock-PerformanceConfig-Latency "
                    + "serviceTier@header=X-Amzn-Bedrock-Service-Tier"
            ],
            operations: [
                "InvokeModel POST /model/{modelId}/invoke in:InvokeModelRequest "
                    + "out:InvokeModelResponse"
            ],
            shapes: [
                "InvokeModelRequest: body:blob! contentType@header=Content-Type "
                    + "accept@header=Accept modelId@uri trace@header=X-Amzn-Bedrock-Trace "
                    + "guardrailIdentifier@header=X-Amzn-Bedrock-GuardrailIdentifier "
                    + "guardrailVersion@header=X-Amzn-Bedrock-GuardrailVersion %latency "
                    + "requestMetadata@header=X-Amzn-Bedrock-Request-Metadata",
                "InvokeModelResponse: body:blob! contentType@header=Content-Type %latency",
            ]
        ),
        "bedrockagentcore": BuiltInService(
            serviceID: "Bedrock AgentCore",
            wireProtocol: .restJSON,
            endpointPrefix: "bedrock-agentcore",
            groups: [
                "%headers": "contentType@header=Content-Type mcpSessionId@header=Mcp-Session-Id "
                    + "runtimeSessionId@header=X-Amzn-Bedrock-AgentCore-Runtime-Session-Id "
                    + "mcpProtocolVersion@header=Mcp-Protocol-Version "
                    + "traceId@header=X-Amzn-Trace-Id traceParent@header=traceparent "
                    + "traceState@header=tracestate baggage@header=baggage"
            ],
            operations: [
                "InvokeAgentRuntime POST /runtimes/{agentRuntimeArn}/invocations "
                    + "in:InvokeAgentRuntimeRequest out:InvokeAgentRuntimeResponse"
            ],
            shapes: [
                "InvokeAgentRuntimeRequest: %headers accept@header=Accept "
                    + "mcpMethod@header=Mcp-Method mcpName@header=Mcp-Name "
                    + "runtimeUserId@header=X-Amzn-Bedrock-AgentCore-Runtime-User-Id "
                    + "agentRuntimeArn@uri qualifier@querystring accountId@querystring "
                    + "payload:blob!",
                "InvokeAgentRuntimeResponse: %headers response:blob! statusCode:int@statusCode",
            ]
        ),
    ]
}
