/// What a new execution follows: the revision in force, a version, or the version that an alias
/// draws.
///
/// The draw is the one random choice of StartExecution; what came of it is recorded in the start.
struct StartTarget {
    let settings: StateMachineSettings
    let versionARN: String?
    let aliasARN: String?

    /// Nil when there is no such version or alias.
    init?(
        _ qualifier: StateMachineARN.Qualifier?,
        of machine: StateMachineEntry,
        entropy: any Entropy
    ) {
        switch qualifier {
        case nil:
            settings = machine.current
            versionARN = nil
            aliasARN = nil
        case .version(let number):
            guard let version = machine.version(number) else { return nil }
            settings = version.settings
            versionARN = machine.versionARN(number)
            aliasARN = nil
        case .alias(let name):
            guard let alias = machine.alias(name),
                let number = alias.version(drawn: Self.percent(entropy)),
                let version = machine.version(number)
            else { return nil }
            settings = version.settings
            versionARN = machine.versionARN(number)
            aliasARN = machine.aliasARN(name)
        }
    }

    /// 0 to 99, each as likely as the others (to one part in 10¹⁷).
    private static func percent(_ entropy: any Entropy) -> Int {
        let word = entropy.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(word % 100)
    }
}
