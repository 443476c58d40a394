import StepwellHistory
import StepwellJSON

/// Where credentials come from: settings, environment, shared files, web identity, container,
/// instance, in the order of AWS's own tools.
struct CredentialsChain: Sendable {
    /// Calls STS with credentials, or unsigned without.
    typealias SecurityTokens =
        @Sendable (AWSCall, AWSCredentials?) async throws(AWSFault) -> AWSAnswer

    let settings: AWSSettings
    let environment: [String: String]
    /// What asks the surroundings; nil to ask nobody.
    let metadata: MetadataCredentials?
    let securityTokens: SecurityTokens

    /// How many profiles may lead to one another.
    private static let longestPath = 8

    /// The first credentials that there are.
    ///
    /// - Throws: `AWSFault.unserved` when there are none, which says what was tried;
    ///   `AWSFault.credentials` about what is there and wrong, which ends the search.
    func credentials() async throws(AWSFault) -> AWSCredentials {
        var tried: [String] = []
        if let keys = settings.accessKeys {
            return AWSCredentials(
                accessKeyID: keys.accessKeyID.reveal(),
                secretAccessKey: keys.secretAccessKey,
                sessionToken: keys.sessionToken
            )
        }
        if settings.profile == nil {
            if let found = fromEnvironment() { return found }
            tried.append("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        }
        let config = try SharedConfig(settings, environment)
        if let found = try await profile(config.profileName, config, path: []) { return found }
        if config.isNamed {
            throw .credentials("the profile \(config.profileName) has no credentials")
        }
        tried.append("the profile default of the shared files")
        if let found = try await webIdentity() { return found }
        tried.append("AWS_WEB_IDENTITY_TOKEN_FILE")
        if let found = try await metadata?.container() { return found }
        tried.append("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and _FULL_URI")
        do {
            if let found = try await metadata?.instance() { return found }
            tried.append("the instance's metadata (AWS_EC2_METADATA_DISABLED is set)")
        } catch .credentials(let text) {
            tried.append(text)
        }
        throw .unserved(
            "no AWS credentials were found; tried: \(tried.joined(separator: ", ")). An emulator "
                + "takes any, for example AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test"
        )
    }

    /// The credentials of the environment or of a profile; nil when there are none.
    func local() async throws(AWSFault) -> AWSCredentials? {
        if let found = fromEnvironment() { return found }
        let config = try SharedConfig(settings, environment)
        return try await profile(config.profileName, config, path: [])
    }

    private func fromEnvironment() -> AWSCredentials? {
        guard let id = environment["AWS_ACCESS_KEY_ID"], !id.isEmpty,
            let secret = environment["AWS_SECRET_ACCESS_KEY"], !secret.isEmpty
        else { return nil }
        let token = environment["AWS_SESSION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        return AWSCredentials(
            accessKeyID: id,
            secretAccessKey: Secret(secret),
            sessionToken: token.map { Secret($0) }
        )
    }

    /// The credentials of a profile; nil when it says nothing about credentials.
    private func profile(
        _ name: String,
        _ config: SharedConfig,
        path: [String]
    ) async throws(AWSFault) -> AWSCredentials? {
        guard let profile = config.profile(name) else {
            guard path.isEmpty, !config.isNamed else {
                throw .credentials("there is no profile \(name) in the shared files")
            }
            return nil
        }
        let isRepeated = path.contains(name)
        guard path.count < Self.longestPath else {
            throw .credentials("the profiles \(path.joined(separator: ", ")) lead to no end")
        }
        if let role = profile["role_arn"], !isRepeated {
            return try await assumed(role, name, profile, config, path: path + [name])
        }
        if let id = profile["aws_access_key_id"], !id.isEmpty {
            guard let secret = profile["aws_secret_access_key"], !secret.isEmpty else {
                throw .credentials("the profile \(name) has no aws_secret_access_key")
            }
            let token = profile["aws_session_token"].flatMap { $0.isEmpty ? nil : $0 }
            return AWSCredentials(
                accessKeyID: id,
                secretAccessKey: Secret(secret),
                sessionToken: token.map { Secret($0) }
            )
        }
        if let command = profile["credential_process"] {
            return try await CredentialProcess.credentials(command, environment: environment)
        }
        if profile["sso_session"] != nil || profile["sso_start_url"] != nil {
            throw .credentials(
                "the profile \(name) signs in by SSO, which is not spoken here; set "
                    + "credential_process = aws configure export-credentials --profile \(name)"
            )
        }
        if isRepeated {
            throw .credentials("the profiles \(path.joined(separator: ", ")) lead to no end")
        }
        return nil
    }

    private func assumed(
        _ role: String,
        _ name: String,
        _ profile: [String: String],
        _ config: SharedConfig,
        path: [String]
    ) async throws(AWSFault) -> AWSCredentials {
        if profile["mfa_serial"] != nil {
            throw .credentials("the profile \(name) wants a code of a device, which no one enters")
        }
        if let file = profile["web_identity_token_file"] {
            return try await webIdentity(role, file, profile["role_session_name"])
        }
        let source: AWSCredentials?
        if let other = profile["source_profile"] {
            source = try await self.profile(other, config, path: path)
        } else {
            switch profile["credential_source"] {
            case "Environment": source = fromEnvironment()
            case "EcsContainer": source = try await metadata?.container()
            case "Ec2InstanceMetadata": source = try await metadata?.instance()
            case nil:
                throw .credentials(
                    "the profile \(name) has role_arn, but no source_profile, credential_source "
                        + "or web_identity_token_file"
                )
            case let other?:
                throw .credentials("the profile \(name) has no such credential_source: \(other)")
            }
        }
        guard let source else {
            throw .credentials("the profile \(name) has nothing to assume its role with")
        }
        return try await assume(
            role,
            with: source,
            externalID: profile["external_id"],
            session: profile["role_session_name"],
            seconds: profile["duration_seconds"].flatMap { Int64($0) }
        )
    }

    /// The credentials of a role that others assume.
    func assume(
        _ role: String,
        with source: AWSCredentials,
        externalID: String? = nil,
        session: String? = nil,
        seconds: Int64? = nil
    ) async throws(AWSFault) -> AWSCredentials {
        var parameters = JSONObject([
            ("RoleArn", .string(role)), ("RoleSessionName", .string(session ?? "stepwell")),
        ])
        if let externalID { parameters["ExternalId"] = .string(externalID) }
        if let seconds { parameters["DurationSeconds"] = .number(JSONNumber(seconds)) }
        return try await tokens("AssumeRole", role, parameters, source)
    }

    private func webIdentity() async throws(AWSFault) -> AWSCredentials? {
        guard let file = environment["AWS_WEB_IDENTITY_TOKEN_FILE"], !file.isEmpty else {
            return nil
        }
        guard let role = environment["AWS_ROLE_ARN"] else {
            throw .credentials("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not")
        }
        return try await webIdentity(role, file, environment["AWS_ROLE_SESSION_NAME"])
    }

    private func webIdentity(
        _ role: String,
        _ file: String,
        _ session: String?
    ) async throws(AWSFault) -> AWSCredentials {
        guard let token = SmallFile.read(file, limit: 1 << 20) else {
            throw .credentials("the web identity token \(file) cannot be read")
        }
        let text = String(decoding: token, as: UTF8.self).filter { !$0.isNewline }
        let parameters = JSONObject([
            ("RoleArn", .string(role)), ("RoleSessionName", .string(session ?? "stepwell")),
            ("WebIdentityToken", .string(text)),
        ])
        return try await tokens("AssumeRoleWithWebIdentity", role, parameters, nil)
    }

    private func tokens(
        _ action: String,
        _ role: String,
        _ parameters: JSONObject,
        _ source: AWSCredentials?
    ) async throws(AWSFault) -> AWSCredentials {
        let call = AWSCall(
            service: "sts",
            action: action,
            parameters: parameters,
            region: settings.region,
            timeout: .seconds(20)
        )
        let answer: AWSAnswer
        do {
            answer = try await securityTokens(call, source)
        } catch .service(let fault) {
            throw .credentials("the role \(role) cannot be assumed: \(fault.message)")
        }
        guard let given = answer.output["Credentials"] else {
            throw .credentials("the role \(role) cannot be assumed: STS gave no credentials")
        }
        return try CredentialsDocument.credentials(JSONWriter.write(given), source: "STS")
    }
}
