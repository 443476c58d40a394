import StepwellEngine

/// Finds the endpoints of services: those that settings, environment and profile name, else AWS's
/// own.
struct EndpointResolver: Sendable {
    let settings: AWSSettings
    let environment: [String: String]
    let config: SharedConfig
    /// The region when nothing else names one.
    let defaultRegion: String

    /// Services with one endpoint for all regions of the standard partition, and the region that
    /// they are signed for.
    private static let global: [String: (host: String, region: String)] = [
        "iam": ("iam.amazonaws.com", "us-east-1"),
        "route53": ("route53.amazonaws.com", "us-east-1"),
        "cloudfront": ("cloudfront.amazonaws.com", "us-east-1"),
        "waf": ("waf.amazonaws.com", "us-east-1"),
        "organizations": ("organizations.us-east-1.amazonaws.com", "us-east-1"),
        "budgets": ("budgets.amazonaws.com", "us-east-1"),
        "ce": ("ce.us-east-1.amazonaws.com", "us-east-1"),
        "cur": ("cur.us-east-1.amazonaws.com", "us-east-1"),
        "importexport": ("importexport.amazonaws.com", "us-east-1"),
        "savingsplans": ("savingsplans.amazonaws.com", "us-east-1"),
        "shield": ("shield.us-east-1.amazonaws.com", "us-east-1"),
        "support": ("support.us-east-1.amazonaws.com", "us-east-1"),
        "health": ("health.us-east-1.amazonaws.com", "us-east-1"),
        "route53domains": ("route53domains.us-east-1.amazonaws.com", "us-east-1"),
        "globalaccelerator": ("globalaccelerator.us-west-2.amazonaws.com", "us-west-2"),
    ]

    /// Global services that other partitions have, one endpoint in each.
    private static let partitioned: [String: [String: String]] = [
        "iam": [
            "aws-cn": "iam.cn-north-1.amazonaws.com.cn",
            "aws-us-gov": "iam.us-gov.amazonaws.com",
        ],
        "route53": [
            "aws-cn": "route53.amazonaws.com.cn",
            "aws-us-gov": "route53.us-gov.amazonaws.com",
        ],
        "organizations": [
            "aws-cn": "organizations.cn-northwest-1.amazonaws.com.cn",
            "aws-us-gov": "organizations.us-gov-west-1.amazonaws.com",
        ],
    ]

    /// The region of calls that name none.
    var region: String {
        if let region = settings.region { return region }
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            if let region = environment[name], !region.isEmpty { return region }
        }
        return config.setting("region") ?? defaultRegion
    }

    /// The endpoint of a service, spelled as SDK integrations do, for a region.
    func endpoint(
        of service: String,
        _ metadata: ServiceModel.Metadata,
        region: String
    ) throws(AWSFault) -> AWSEndpoint {
        if let given = overriding(service, metadata) {
            guard URLParts(given.url) != nil else {
                throw .parameters("the endpoint of \(service) is not a URL: \(given.url)")
            }
            let url =
                given.url.utf8.last == UInt8(ascii: "/")
                ? String(given.url.dropLast()) : given.url
            return AWSEndpoint(
                url: url,
                signingRegion: given.region ?? region,
                isOverridden: true
            )
        }
        guard Self.isRegion(region) else {
            throw .parameters("'\(region)' cannot be a region")
        }
        let partition = Partition.of(region)
        let prefix = metadata.endpointPrefix
        if let global = Self.global[prefix] {
            if partition.name == "aws" {
                return standard(global.host, global.region)
            }
            if let host = Self.partitioned[prefix]?[partition.name] {
                return standard(host, partition.globalRegion)
            }
        }
        return standard("\(prefix).\(region).\(partition.dnsSuffix)", region)
    }

    private func standard(_ host: String, _ region: String) -> AWSEndpoint {
        AWSEndpoint(url: "https://\(host)", signingRegion: region, isOverridden: false)
    }

    /// The variable of the environment that names the endpoint of a service, by its id.
    static func variable(ofService id: String) -> String {
        "AWS_ENDPOINT_URL_" + name(id).uppercased()
    }

    private static func name(_ id: String) -> String {
        String(id.map { $0 == " " || $0 == "-" ? "_" : $0 })
    }

    /// What is named in place of AWS's own endpoint, the service's own before that of all.
    private func overriding(
        _ service: String,
        _ metadata: ServiceModel.Metadata
    ) -> EndpointSettings? {
        if let own = settings.endpoints.first(where: { $0.service == service }) { return own }
        let variable = Self.variable(ofService: metadata.serviceID)
        // What is ignored is what the surroundings say, not what this engine's own settings do.
        let isIgnored =
            (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]
            ?? config.setting("ignore_configured_endpoint_urls"))?.lowercased() == "true"
        if let url = environment[variable], !url.isEmpty, !isIgnored {
            return EndpointSettings(service: service, url: url)
        }
        if let all = settings.endpoints.first(where: { $0.service == nil }) { return all }
        if let url = environment["AWS_ENDPOINT_URL"], !url.isEmpty, !isIgnored {
            return EndpointSettings(service: service, url: url)
        }
        let found =
            config.setting("endpoint_url", ofService: Self.name(metadata.serviceID).lowercased())
            ?? config.setting("endpoint_url")
        return isIgnored ? nil : found.map { EndpointSettings(service: service, url: $0) }
    }

    /// A region is part of a host's name: nothing else may get into it.
    private static func isRegion(_ region: String) -> Bool {
        !region.isEmpty && region.utf8.count <= 63
            && region.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}
