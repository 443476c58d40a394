/// The profiles and services of AWS's shared files, both files together.
struct SharedConfig: Sendable {
    private var profiles: [String: SharedFile.Section] = [:]
    private var services: [String: SharedFile.Section] = [:]
    /// The profile that is meant when none is named.
    let profileName: String
    /// Whether somebody named the profile.
    let isNamed: Bool

    /// Reads the files that settings or an environment name, or the usual ones.
    ///
    /// - Throws: `AWSFault.credentials` when a file cannot be read, or is none. Usual files may be
    ///   missing.
    init(_ settings: AWSSettings, _ environment: [String: String]) throws(AWSFault) {
        let named = settings.profile ?? environment["AWS_PROFILE"].flatMap { $0.isEmpty ? nil : $0 }
        profileName = named ?? "default"
        isNamed = named != nil
        let home = environment["HOME"].map { "\($0)/.aws/" } ?? ""
        let config = try Self.file(
            settings.configFile,
            environment["AWS_CONFIG_FILE"] ?? home + "config"
        )
        let credentials = try Self.file(
            settings.credentialsFile,
            environment["AWS_SHARED_CREDENTIALS_FILE"] ?? home + "credentials"
        )
        for (heading, section) in config.sections {
            let words = heading.split(separator: " ")
            if heading == "default" || words.first == "profile" && words.count == 2 {
                profiles[String(words[words.count - 1])] = section
            } else if words.first == "services", words.count == 2 {
                services[String(words[1])] = section
            }
        }
        for (name, section) in credentials.sections {
            profiles[name, default: .init()].settings.merge(section.settings) { _, new in new }
        }
    }

    private static func file(_ named: String?, _ usual: String) throws(AWSFault) -> SharedFile {
        let path = named ?? usual
        guard let bytes = SmallFile.read(path, limit: 8 << 20) else {
            guard named == nil else { throw .credentials("the file \(path) cannot be read") }
            return SharedFile()
        }
        return try SharedFile(String(decoding: bytes, as: UTF8.self), name: path)
    }

    /// The settings of a profile; nil when there is none of that name.
    func profile(_ name: String) -> [String: String]? { profiles[name]?.settings }

    /// A setting of the profile in force.
    func setting(_ key: String) -> String? {
        profiles[profileName]?.settings[key].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A setting of the `services` section of the profile in force, for one service.
    func setting(_ key: String, ofService service: String) -> String? {
        guard let name = setting("services") else { return nil }
        return services[name]?.nested[service]?[key].flatMap { $0.isEmpty ? nil : $0 }
    }
}
