import Foundation
import StepwellEngine
import StepwellJSON
import Testing

@testable import StepwellIntegrations

@Suite("Where credentials come from")
struct CredentialsChainTests {
    /// Goes away with the test.
    private let folder: CodeFolder

    init() throws { folder = try CodeFolder() }

    /// A file of its own with a text.
    private func file(_ text: String) throws -> String {
        let name = UUID().uuidString
        try folder.write(name, text)
        return "\(folder.path)/\(name)"
    }

    private func chain(
        config: String = "",
        credentials: String = "",
        environment: [String: String] = [:],
        profile: String? = nil,
        securityTokens: @escaping CredentialsChain.SecurityTokens = { _, _ throws(AWSFault) in
            throw .credentials("STS is not asked here")
        }
    ) throws -> CredentialsChain {
        var settings = AWSSettings()
        settings.profile = profile
        settings.configFile = try file(config)
        settings.credentialsFile = try file(credentials)
        return CredentialsChain(
            settings: settings,
            environment: environment,
            metadata: nil,
            securityTokens: securityTokens
        )
    }

    private static func assumed(_ call: AWSCall, _ source: AWSCredentials?) -> AWSAnswer {
        let role = call.parameters["RoleArn"]?.stringValue ?? ""
        let externalID = call.parameters["ExternalId"]?.stringValue ?? "-"
        let given: JSONValue = [
            "AccessKeyId": .string("\(source?.accessKeyID ?? "none")>\(role)>\(externalID)"),
            "SecretAccessKey": "s", "SessionToken": "t",
        ]
        return AWSAnswer(output: ["Credentials": given])
    }

    @Test("The environment comes before the profile, a profile that is named before it")
    func order() async throws {
        let environment = ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "s"]
        let keys = "[default]\naws_access_key_id=DEF\naws_secret_access_key=s\n"
        let first = try chain(credentials: keys, environment: environment)
        #expect(try await first.credentials().accessKeyID == "ENV")
        let second = try chain(credentials: keys)
        #expect(try await second.credentials().accessKeyID == "DEF")
        let named = try chain(
            credentials: keys,
            environment: environment,
            profile: "default"
        )
        #expect(try await named.credentials().accessKeyID == "DEF")
        let missing = try chain(environment: environment, profile: "none")
        let fault = await #expect(throws: AWSFault.self) { try await missing.credentials() }
        guard case .credentials(let text)? = fault else { Issue.record("\(fault as Any)"); return }
        #expect(text == "there is no profile none in the shared files")
    }

    @Test("Roles are assumed along the profiles")
    func roles() async throws {
        let config = """
            [profile base]
            aws_access_key_id = BASE
            aws_secret_access_key = s
            [profile middle]
            role_arn = M
            source_profile = base
            [profile top]
            role_arn = T
            source_profile = middle
            external_id = X
            [profile own]
            role_arn = O
            source_profile = own
            aws_access_key_id = OWN
            aws_secret_access_key = s
            [profile circle]
            role_arn = C
            source_profile = round
            [profile round]
            role_arn = R
            source_profile = circle
            """
        let tokens: CredentialsChain.SecurityTokens = { call, source throws(AWSFault) in
            Self.assumed(call, source)
        }
        let found = { (profile: String) in
            try await chain(config: config, profile: profile, securityTokens: tokens)
                .credentials().accessKeyID
        }
        #expect(try await found("top") == "BASE>M>->T>X")
        #expect(try await found("own") == "OWN>O>-")
        await #expect(throws: AWSFault.self) { try await found("circle") }
    }

    @Test("A token of a web identity is exchanged without other credentials")
    func webIdentity() async throws {
        let token = try file("the token\n")
        let chain = try chain(
            environment: ["AWS_WEB_IDENTITY_TOKEN_FILE": token, "AWS_ROLE_ARN": "W"],
            securityTokens: { call, source throws(AWSFault) in
                guard call.action == "AssumeRoleWithWebIdentity", source == nil,
                    call.parameters["WebIdentityToken"]?.stringValue == "the token"
                else { throw .credentials("\(call.action)") }
                return Self.assumed(call, source)
            }
        )
        #expect(try await chain.credentials().accessKeyID == "none>W>-")
    }

    @Test("A command prints credentials; its failure is said without its output")
    func process() async throws {
        let keys = #"{"Version":1,"AccessKeyId":"CMD","SecretAccessKey":"s"}"#
        let path = try file(keys)
        let good = try chain(config: "[default]\ncredential_process = cat \(path)\n")
        #expect(try await good.credentials().accessKeyID == "CMD")
        let bad = try chain(
            config: "[default]\ncredential_process = echo hidden && exit 3\n"
        )
        let fault = await #expect(throws: AWSFault.self) { try await bad.credentials() }
        guard case .credentials(let text)? = fault else { Issue.record("\(fault as Any)"); return }
        #expect(text == "the command of credential_process failed: exit status 3")
    }

    @Test("A command that hangs is ended with all that it has started")
    func hangingProcess() async throws {
        let fault = await #expect(throws: AWSFault.self) {
            try await CredentialProcess.credentials(
                "sleep 1000; echo",
                environment: [:],
                patience: .milliseconds(50)
            )
        }
        guard case .credentials(let text)? = fault else { Issue.record("\(fault as Any)"); return }
        #expect(text == "the command of credential_process took too long")
    }

    @Test("That there are none at all is another failure than that some are wrong")
    func none() async throws {
        let fault = await #expect(throws: AWSFault.self) { try await chain().credentials() }
        guard case .unserved(let text)? = fault else { Issue.record("\(fault as Any)"); return }
        #expect(text.contains("AWS_ACCESS_KEY_ID=test"))
    }

    @Test("What profiles say that is not spoken here is refused by name")
    func refused() async throws {
        for line in ["sso_session = x", "role_arn = x\nmfa_serial = y\nsource_profile = z"] {
            let chain = try chain(config: "[default]\n\(line)\n")
            await #expect(throws: AWSFault.self) { try await chain.credentials() }
        }
    }

    @Test("Endpoints: the service's own before that of all, the environment before the profile")
    func endpoints() throws {
        let config = """
            [default]
            region = eu-north-1
            endpoint_url = http://all:1
            services = local
            [services local]
            dynamodb =
              endpoint_url = http://dynamo:2
            """
        var settings = AWSSettings()
        settings.configFile = try file(config)
        let resolved = { (settings: AWSSettings, environment: [String: String], name: String) in
            let resolver = EndpointResolver(
                settings: settings,
                environment: environment,
                config: try SharedConfig(settings, environment),
                defaultRegion: "us-east-1"
            )
            let model = try #require(BuiltInModels.model(of: name))
            return try resolver.endpoint(of: name, model.metadata, region: resolver.region)
        }
        let table = try resolved(settings, [:], "dynamodb")
        #expect(table.url == "http://dynamo:2")
        #expect(table.signingRegion == "eu-north-1")
        #expect(try resolved(settings, [:], "sqs").url == "http://all:1")
        let all = ["AWS_ENDPOINT_URL": "http://env:3/"]
        #expect(try resolved(settings, all, "dynamodb").url == "http://env:3")
        let own = ["AWS_ENDPOINT_URL": "http://env:3", "AWS_ENDPOINT_URL_DYNAMODB": "http://e:4"]
        #expect(try resolved(settings, own, "dynamodb").url == "http://e:4")
        let ignoring = own.merging(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) { $1 }
        #expect(
            try resolved(settings, ignoring, "dynamodb").url
                == "https://dynamodb.eu-north-1.amazonaws.com"
        )
        settings.endpoints = [
            EndpointSettings(service: "sqs", url: "http://set:5", region: "local")
        ]
        let set = try resolved(settings, ignoring, "sqs")
        #expect(set.url == "http://set:5")
        #expect(set.signingRegion == "local")
    }

    @Test("Secrets are in no description of credentials")
    func secrets() {
        let credentials = AWSCredentials(
            accessKeyID: "AKID",
            secretAccessKey: Secret("hidden-key"),
            sessionToken: Secret("hidden-token")
        )
        #expect(!"\(credentials)".contains("hidden"))
        #expect(!String(reflecting: credentials).contains("hidden"))
    }
}
