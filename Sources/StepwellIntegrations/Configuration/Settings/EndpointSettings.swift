/// Where an AWS service is called instead of at AWS's own endpoint.
package struct EndpointSettings: Sendable, Hashable {
    /// The service as SDK integrations spell it, in lower case; nil for every service that has no
    /// endpoint of its own.
    package var service: String?
    /// The URL, without a path below it.
    package var url: String
    /// The region that calls there are signed for; nil for the one of all calls.
    package var region: String?

    package init(service: String?, url: String, region: String? = nil) {
        self.service = service
        self.url = url
        self.region = region
    }
}
