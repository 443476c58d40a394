import Testing

@testable import StepwellIntegrations

@Suite("The credentials of a command line")
struct ShellCredentialsTests {
    @Test("The environment gives them, or nobody; a file that is named has to be there")
    func environment() async throws {
        #expect(try await ShellCredentials(environment: [:]).find() == nil)
        let variables = ["AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "s"]
        let found = try await ShellCredentials(environment: variables).find()
        #expect(found?.accessKeyID == "A")
        let missing = ["AWS_SHARED_CREDENTIALS_FILE": "/nonexistent"]
        await #expect(throws: AWSFault.self) {
            try await ShellCredentials(environment: missing).find()
        }
    }

    @Test("The region is the environment's, or the usual one")
    func region() throws {
        #expect(try ShellCredentials(environment: [:]).region() == "us-east-1")
        let named = ["AWS_DEFAULT_REGION": "eu-west-1"]
        #expect(try ShellCredentials(environment: named).region() == "eu-west-1")
    }
}
