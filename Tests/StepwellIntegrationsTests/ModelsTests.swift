import Testing

@testable import StepwellIntegrations

@Suite("Service models")
struct ModelsTests {
    @Test("What is built in is whole: every shape that an action uses is there")
    func builtIn() throws {
        let services = [
            "sqs", "sns", "dynamodb", "eventbridge", "ecs", "batch", "glue", "athena", "codebuild",
            "sagemaker", "emr", "emrcontainers", "emrserverless", "eks", "bedrock",
            "bedrockruntime", "bedrockagentcore", "mediaconvert", "databrew", "lambda", "s3", "sts",
        ]
        for service in services {
            let model = try #require(BuiltInModels.model(of: service), "\(service)")
            #expect(!model.operations.isEmpty)
            for operation in model.operations.values where operation.loose == nil {
                #expect(model.structure(operation.input) != nil, "\(service) \(operation.name)")
                #expect(model.structure(operation.output) != nil, "\(service) \(operation.name)")
            }
        }
    }

    @Test("Without files what is built in is known, and nothing else")
    func withoutFiles() {
        let library = ModelLibrary.builtIn()
        #expect(library.mayKnow(service: "sqs", action: "SendMessage"))
        #expect(!library.mayKnow(service: "sqs", action: "Nothing"))
        #expect(!library.mayKnow(service: "kms", action: "Encrypt"))
        #expect(!library.knows(service: "kms", action: "Encrypt"))
    }

    @Test("A service has the folder of its own name, or that of another")
    func folders() {
        let folders: Set = ["logs", "cognito-idp", "emr-serverless", "s3"]
        #expect(ServiceNames.folder(of: "cloudwatchlogs", among: folders) == "logs")
        #expect(ServiceNames.folder(of: "cognitoidentityprovider", among: folders) == "cognito-idp")
        #expect(ServiceNames.folder(of: "emrserverless", among: folders) == "emr-serverless")
        #expect(ServiceNames.folder(of: "s3", among: folders) == "s3")
        #expect(ServiceNames.folder(of: "../s3", among: folders) == nil)
    }
}
