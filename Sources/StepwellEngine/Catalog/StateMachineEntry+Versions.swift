extension StateMachineEntry {
    /// The version with a number.
    package func version(_ number: Int) -> StateMachineVersion? {
        versions.first { $0.number == number }
    }

    /// The newest version that stands for the revision in force.
    package var currentVersion: StateMachineVersion? {
        versions.last { $0.settings == current }
    }

    /// The alias with a name.
    package func alias(_ name: String) -> StateMachineAlias? {
        aliases.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// The aliases that lead to a version.
    package func aliases(of version: Int) -> [StateMachineAlias] {
        aliases.filter { $0.routes.contains { $0.version == version } }
    }

    /// The ARN of a version.
    package func versionARN(_ number: Int) -> String { "\(arn):\(number)" }

    /// The ARN of a version or alias.
    package func qualifiedARN(_ qualifier: StateMachineARN.Qualifier) -> String {
        switch qualifier {
        case .version(let number): versionARN(number)
        case .alias(let name): aliasARN(name)
        }
    }

    /// The ARN of an alias.
    package func aliasARN(_ name: String) -> String { "\(arn):\(name)" }
}
