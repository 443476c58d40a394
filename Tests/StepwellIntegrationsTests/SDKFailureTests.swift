import StepwellEngine
import StepwellHistory
import StepwellJSON
import Testing

@testable import StepwellIntegrations

@Suite("Failures of SDK integrations")
struct SDKFailureTests {
    @Test("Named and explained as AWS does it")
    func names() {
        var fault = ServiceFault(
            code: "ResourceNotFoundException",
            message: "Requested resource not found",
            status: 400,
            requestID: "R"
        )
        fault.shape = "ResourceNotFoundException"
        let resource = "arn:aws:states:::aws-sdk:dynamodb:putItem"
        let modelled = SDKFailure.failure(fault, resource: resource)?.failure
        #expect(modelled?.error == "DynamoDb.ResourceNotFoundException")
        #expect(
            modelled?.cause
                == "Requested resource not found (Service: DynamoDb, Status Code: 400, "
                + "Request ID: R) (SDK Attempt Count: 1)"
        )
        fault.shape = nil
        fault.code = "ValidationException"
        #expect(
            SDKFailure.failure(fault, resource: resource)?.failure.error
                == "DynamoDb.DynamoDbException"
        )
        #expect(SDKFailure.failure(fault, resource: "arn:aws:states:::sqs:sendMessage") == nil)
    }

    @Test(
        "Resources that are none of ours",
        arguments: [
            "arn:aws:states:::aws-sdk:sfn:startExecution", "arn:aws:states:::sqs:sendMessage",
            "arn:aws:states:::aws-sdk:s3:getObject.sync", "arn:aws:states:::aws-sdk:s3",
            "arn:aws:states:::aws-sdk:s3:GetObject", "local",
        ]
    )
    func others(resource: String) {
        #expect(SDKAction(resource) == nil)
    }

    @Test("DynamoDB's values are spelled as the SDK spells them, keys of maps as they are")
    func spelling() async throws {
        let aws = FakeAWS([
            "GetItem": [
                #"""
                {"Item": {"BOOL": {"BOOL": true}, "n": {"NULL": true}, "s": {"SS": ["x"]},
                  "m": {"M": {"NS": {"NS": ["1"]}, "l": {"L": [{"BOOL": false}, {"S": "t"}]}}}}}
                """#
            ]
        ])
        let parameters = #"""
            {"TableName": "t", "Key": {"Bool": {"Bool": true}, "own": {"BOOL": false},
              "m": {"M": {"Ss": {"Ss": ["x"]}, "n": {"Nul": true}}}}}
            """#
        let connector = SDKConnector(aws: aws)
        let result = try await connector.result(of: .of("aws-sdk:dynamodb:getItem", parameters))
        #expect(
            result
                == json(
                    #"""
                    {"Item": {"BOOL": {"Bool": true}, "n": {"Nul": true}, "s": {"Ss": ["x"]},
                      "m": {"M": {"NS": {"Ns": ["1"]}, "l": {"L": [{"Bool": false}, {"S": "t"}]}}}}}
                    """#
                )
        )
        #expect(
            aws.parameters("GetItem")
                == json(
                    #"""
                    {"TableName": "t", "Key": {"Bool": {"BOOL": true}, "own": {"BOOL": false},
                      "m": {"M": {"Ss": {"SS": ["x"]}, "n": {"NULL": true}}}}}
                    """#
                )
        )
    }

    @Test("Resources name service, action and pattern")
    func actions() {
        let action = SDKAction("arn:aws:states:::aws-sdk:s3:getObject.waitForTaskToken")
        #expect(action?.service == "s3")
        #expect(action?.name == "GetObject")
        #expect(action?.isCallback == true)
    }
}
