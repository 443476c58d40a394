/// The endpoint of Step Functions that the surroundings of a command line name.
package struct ShellEndpoint: Sendable, Hashable {
    /// The URL, as it is written there.
    package let url: String
    /// What names it, for messages.
    package let source: String

    /// What is said of Step Functions alone: `AWS_ENDPOINT_URL_SFN`, else the `services` section of
    /// the profile.
    package static func own(
        in environment: [String: String] = ProcessEnvironment.current
    ) -> ShellEndpoint? {
        found(
            variable: EndpointResolver.variable(ofService: "SFN"),
            setting: { $0.setting("endpoint_url", ofService: "sfn") },
            environment
        )
    }

    /// What is said of all services: `AWS_ENDPOINT_URL`, else the profile's `endpoint_url`.
    package static func common(
        in environment: [String: String] = ProcessEnvironment.current
    ) -> ShellEndpoint? {
        found(variable: "AWS_ENDPOINT_URL", setting: { $0.setting("endpoint_url") }, environment)
    }

    private static func found(
        variable: String,
        setting: (SharedConfig) -> String?,
        _ environment: [String: String]
    ) -> ShellEndpoint? {
        let config = try? SharedConfig(AWSSettings(), environment)
        let isIgnored =
            environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]
            ?? config?.setting("ignore_configured_endpoint_urls")
        guard isIgnored?.lowercased() != "true" else { return nil }
        if let url = environment[variable], !url.isEmpty {
            return ShellEndpoint(url: url, source: variable)
        }
        let url = config.flatMap(setting)
        return url.map { ShellEndpoint(url: $0, source: "the profile's endpoint_url") }
    }
}
