import StepwellEngine
import StepwellIntegrations
import StepwellJSON
import Testing

@Suite("What to configure is said of what cannot be done")
struct ConfigurationAdviceTests {
    /// Calls that have credentials, or not.
    private struct Calls: AWSCalling {
        var hasCredentials = false

        func knows(service: String, action: String) -> Bool { service == "sqs" }

        func hindrance(service: String) -> String? {
            hasCredentials ? nil : "needs \(service)"
        }

        func call(_ call: AWSCall) async throws(AWSFault) -> AWSAnswer {
            throw .cancelled
        }
    }

    private func advice(
        _ resource: String,
        _ settings: IntegrationSettings = IntegrationSettings(),
        hasCredentials: Bool = false
    ) async -> String? {
        let advice = ConfigurationAdvice(
            live: LiveSettings(settings),
            aws: Calls(hasCredentials: hasCredentials)
        )
        return await advice.hindrance(of: resource)
    }

    @Test(
        "Without anything",
        arguments: [
            ("arn:aws:states:::sqs:sendMessage", "needs sqs"),
            ("arn:aws:states:::events:putEvents", "needs eventbridge"),
            ("arn:aws:states:::aws-sdk:sqs:sendMessage", "needs sqs"),
            ("arn:aws:states:::aws-sdk:nosuch:doIt", "no model of AWS's has nosuch:DoIt"),
            ("arn:aws:states:::ecs:runTask.sync", "or a local runner ('runners.ecs')"),
            ("arn:aws:states:::http:invoke", "'connections' in the configuration file"),
            ("arn:aws:lambda:a:1:function:f:live", "--function f=DIR:HANDLER"),
            ("arn:aws:states:::lambda:invoke", "--function NAME=DIR:HANDLER"),
            ("arn:aws:states:::s3:getObject", "--bucket NAME=DIR"),
        ]
    )
    func nothing(resource: String, part: String) async {
        let found = await advice(resource)
        #expect(found?.contains(part) == true, "\(found ?? "nothing")")
        #expect(found?.hasPrefix(resource) == true)
    }

    @Test("What is configured is not spoken of")
    func configured() async throws {
        var settings = IntegrationSettings()
        settings.functions = [FunctionSettings(name: "f", directory: "/", handler: "a.b")]
        settings.runners = [
            LocalRunnerSettings(service: .batch, definition: "*", command: ["x"], directory: "/")
        ]
        // Nor is what no credentials would bring about.
        for resource in ["foo:bar", "sqs:sendMessage.sync", "ecs:runJob", "lambda:call"] {
            #expect(await advice("arn:aws:states:::" + resource) == nil)
        }
        let resources = [
            "arn:aws:lambda:a:1:function:f:live", "arn:aws:states:::lambda:invoke",
            "arn:aws:states:::batch:submitJob", "arn:aws:states:::states:startExecution",
            "arn:aws:states:us-east-1:000000000000:activity:a",
        ]
        for resource in resources { #expect(await advice(resource, settings) == nil) }
        #expect(await advice("arn:aws:states:::sqs:sendMessage", hasCredentials: true) == nil)
        #expect(await advice("arn:aws:lambda:a:1:function:g", settings) != nil)
    }
}
