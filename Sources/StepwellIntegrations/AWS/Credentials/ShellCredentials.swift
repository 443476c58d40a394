/// The credentials of a command line: those of the environment, or of a profile of shared files.
///
/// Nothing is asked for them outside this machine.
package struct ShellCredentials: Sendable {
    private let environment: [String: String]

    package init(environment: [String: String] = ProcessEnvironment.current) {
        self.environment = environment
    }

    /// The credentials; nil when there are none.
    ///
    /// Throws `AWSFault.credentials` when a file or a profile that is named cannot be used.
    package func find() async throws(AWSFault) -> AWSCredentials? {
        var settings = AWSSettings()
        // Who names a file has it.
        settings.credentialsFile = environment["AWS_SHARED_CREDENTIALS_FILE"]
        let chain = CredentialsChain(
            settings: settings,
            environment: environment,
            metadata: nil,
            securityTokens: { _, _ throws(AWSFault) in
                throw .credentials(
                    "a profile with role_arn is not for sfnctl: give it keys, or "
                        + "credential_process"
                )
            }
        )
        return try await chain.local()
    }

    /// The region that requests are signed for.
    package func region() throws(AWSFault) -> String {
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            if let region = environment[name], !region.isEmpty { return region }
        }
        return try SharedConfig(AWSSettings(), environment).setting("region") ?? "us-east-1"
    }
}
