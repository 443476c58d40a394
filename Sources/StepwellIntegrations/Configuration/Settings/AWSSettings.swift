/// How AWS services are called: as whom, in which region, by which models.
package struct AWSSettings: Sendable, Hashable {
    /// Access keys that are given, not found.
    package struct AccessKeys: Sendable, Hashable {
        package var accessKeyID: Secret
        package var secretAccessKey: Secret
        package var sessionToken: Secret?

        package init(accessKeyID: Secret, secretAccessKey: Secret, sessionToken: Secret? = nil) {
            self.accessKeyID = accessKeyID
            self.secretAccessKey = secretAccessKey
            self.sessionToken = sessionToken
        }
    }

    /// The region of calls; nil for that of the usual chain, then that of the server.
    package var region: String?
    /// The profile of the shared files; nil for that of the environment.
    package var profile: String?
    /// The keys that calls are signed with; nil for those of the usual chain.
    package var accessKeys: AccessKeys?
    /// The file of the shared credentials; nil for the usual one.
    package var credentialsFile: String?
    /// The file of the shared configuration; nil for the usual one.
    package var configFile: String?
    /// Directories that hold service models as botocore and the AWS CLI install them, looked
    /// through before those that are found.
    package var models: [String]
    /// Endpoints of services, one each.
    package var endpoints: [EndpointSettings]
    /// How many times a call is made at most; nil for the SDKs' default.
    package var maximumAttempts: Int?

    package init() {
        region = nil
        profile = nil
        accessKeys = nil
        credentialsFile = nil
        configFile = nil
        models = []
        endpoints = []
        maximumAttempts = nil
    }
}
