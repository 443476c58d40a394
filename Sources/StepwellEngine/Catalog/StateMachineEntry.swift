package import StepwellHistory

/// A state machine in the catalog.
package struct StateMachineEntry: Sendable {
    package var arn: String
    package var name: String
    package var type: StateMachineType
    package var creationDate: Timestamp
    package var tags: [ResourceTag]
    /// The revisions before the one in force, by their places in time from 0.
    private(set) var earlier = OrderedTable<Int, StateMachineSettings>()
    /// The revision in force.
    package private(set) var current: StateMachineSettings
    /// In order of their numbers.
    package private(set) var versions: [StateMachineVersion] = []
    /// The highest number that was given to a version; 0 before the first.
    package private(set) var lastVersion = 0
    /// In order of the names' bytes.
    package private(set) var aliases: [StateMachineAlias] = []

    package init(
        arn: String,
        name: String,
        type: StateMachineType,
        tags: [ResourceTag],
        settings: StateMachineSettings
    ) {
        self.arn = arn
        self.name = name
        self.type = type
        self.creationDate = settings.date
        self.tags = tags
        self.current = settings
    }

    /// A state machine as a snapshot of the catalog has it.
    init(_ kept: KeptStateMachine) {
        arn = kept.arn
        name = kept.name
        type = kept.type
        creationDate = kept.creationDate
        tags = kept.tags
        current = kept.current
        versions = kept.versions
        lastVersion = kept.lastVersion
        aliases = kept.aliases
    }

    /// Puts a new revision in force.
    package mutating func revise(_ settings: StateMachineSettings) {
        addEarlier(current)
        current = settings
    }

    /// Adds the revision that came after the earlier ones known.
    mutating func addEarlier(_ settings: StateMachineSettings) {
        earlier.put(settings, for: earlier.count)
    }

    /// Adds a version of the revision in force.
    package mutating func publish(_ publication: VersionPublication) {
        versions.append(
            StateMachineVersion(
                number: publication.number,
                description: publication.description,
                date: publication.date,
                isOfCreation: publication.isOfCreation,
                settings: current
            )
        )
        lastVersion = max(lastVersion, publication.number)
    }

    /// Takes a version away; its number is not given again.
    package mutating func removeVersion(_ number: Int) {
        versions.removeAll { $0.number == number }
    }

    /// Adds an alias, or puts it in the place of the one with its name.
    package mutating func put(_ alias: StateMachineAlias) {
        removeAlias(alias.name)
        let place = aliases.firstIndex { alias.name.utf8.lexicographicallyPrecedes($0.name.utf8) }
        aliases.insert(alias, at: place ?? aliases.endIndex)
    }

    /// Takes an alias away.
    package mutating func removeAlias(_ name: String) {
        aliases.removeAll { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// What an execution runs under: its version, or the revision that was in force at its start.
    ///
    /// A later update does not touch it (UpdateStateMachine: running executions go on under what
    /// they were started with). Nil when none of this state machine's revisions is what it follows.
    package func settings(
        followedBy start: StartInput,
        startedAt date: Timestamp
    ) -> StateMachineSettings? {
        if let arn = start.stateMachineVersionARN,
            case .version(let number)? = try? StateMachineARN(arn).qualifier,
            let version = version(number), version.settings.definition == start.definition
        {
            return version.settings
        }
        let possible = (earlier.values + [current]).filter { $0.definition == start.definition }
        let ofRole = possible.filter { $0.roleARN.utf8.elementsEqual(start.roleARN.utf8) }
        return ofRole.last { $0.date <= date } ?? ofRole.last ?? possible.last
    }
}
