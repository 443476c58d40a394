package import StepwellHistory
package import StepwellLanguage

/// The state machines, definitions and activities: what the catalog stream's records add up to.
package struct Catalog: Sendable {
    private var stateMachines: [ByteKey: StateMachineEntry] = [:]
    /// State machines that were deleted, for executions that still follow them.
    private var deletedStateMachines: [ByteKey: StateMachineEntry] = [:]
    private var activities: [ByteKey: ActivityDescription] = [:]
    private var activityTags: [ByteKey: [ResourceTag]] = [:]
    private var definitions: [DefinitionDigest: DefinitionRevision] = [:]

    package init() {}

    /// The state machine with an ARN.
    package func stateMachine(_ arn: String) -> StateMachineEntry? {
        stateMachines[ByteKey(arn)]
    }

    /// The state machine with an ARN, or the one that last had it.
    package func stateMachineEvenDeleted(_ arn: String) -> StateMachineEntry? {
        stateMachines[ByteKey(arn)] ?? deletedStateMachines[ByteKey(arn)]
    }

    /// The state machine that had an ARN at a time, as far as it is known: the one that has it, or
    /// the one that had it before.
    package func stateMachine(_ arn: String, startedFrom date: Timestamp) -> StateMachineEntry? {
        let (present, past) = (stateMachines[ByteKey(arn)], deletedStateMachines[ByteKey(arn)])
        if let present, let past { return date < present.creationDate ? past : present }
        return present ?? past
    }

    /// How many state machines there are.
    package var stateMachineCount: Int { stateMachines.count }

    /// How many activities there are.
    package var activityCount: Int { activities.count }

    /// Whether there was a state machine with an ARN, and it was deleted.
    package func isDeleted(_ arn: String) -> Bool {
        guard !deletedStateMachines.isEmpty else { return false }
        let key = ByteKey(arn)
        return deletedStateMachines[key] != nil && stateMachines[key] == nil
    }

    /// The ARNs of all state machines, deleted ones too, in no order.
    package var everyStateMachineARN: [String] {
        // Order-free: what is added up over them.
        Array(Set(stateMachines.keys).union(deletedStateMachines.keys)).compactMap {
            (stateMachines[$0] ?? deletedStateMachines[$0])?.arn
        }
    }

    /// The definition with a digest.
    package func definition(_ digest: DefinitionDigest) -> DefinitionRevision? {
        definitions[digest]
    }

    /// The activity with an ARN.
    package func activity(_ arn: String) -> ActivityDescription? {
        activities[ByteKey(arn)]
    }

    /// The tags of a state machine or activity; nil when there is none with the ARN.
    package func tags(of arn: String) -> [ResourceTag]? {
        stateMachines[ByteKey(arn)]?.tags
            ?? activities[ByteKey(arn)].map { _ in activityTags[ByteKey(arn)] ?? [] }
    }

    /// Every state machine, in order of the names' bytes.
    package func stateMachinesByName() -> [StateMachineEntry] {
        stateMachines.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Every activity, in order of the names' bytes.
    package func activitiesByName() -> [ActivityDescription] {
        activities.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The ARNs of the activities.
    var activityKeys: Set<ByteKey> { Set(activities.keys) }

    /// Follows a record.
    ///
    /// `compiled` is the compiled definition when the record brings a text.
    package mutating func apply(_ record: CatalogRecord, compiled: StateMachineDefinition?) {
        switch record {
        case .stateMachineCreated(let creation):
            keep(creation.definition, compiled, as: creation.settings.definition)
            stateMachines[ByteKey(creation.arn)] = StateMachineEntry(
                arn: creation.arn,
                name: creation.name,
                type: creation.type,
                tags: creation.tags,
                settings: creation.settings
            )
        case .stateMachineUpdated(let arn, let settings, let definition):
            if let definition { keep(definition, compiled, as: settings.definition) }
            stateMachines[ByteKey(arn)]?.revise(settings)
        case .stateMachineDeleted(let arn, _):
            deletedStateMachines[ByteKey(arn)] = stateMachines.removeValue(forKey: ByteKey(arn))
        case .activityCreated(let activity, let tags):
            activities[ByteKey(activity.activityARN)] = activity
            activityTags[ByteKey(activity.activityARN)] = tags
        case .activityDeleted(let arn, _):
            activities[ByteKey(arn)] = nil
            activityTags[ByteKey(arn)] = nil
        case .versionPublished(let arn, let publication):
            stateMachines[ByteKey(arn)]?.publish(publication)
        case .versionDeleted(let arn, let number, _):
            stateMachines[ByteKey(arn)]?.removeVersion(number)
        case .aliasCreated(let arn, let alias), .aliasUpdated(let arn, let alias):
            stateMachines[ByteKey(arn)]?.put(alias)
        case .aliasDeleted(let arn, let name, _):
            stateMachines[ByteKey(arn)]?.removeAlias(name)
        case .resourceTagged(let arn, let tags, _):
            changeTags(of: arn) { $0.put(tags) }
        case .resourceUntagged(let arn, let keys, _):
            changeTags(of: arn) { $0.remove(keys) }
        }
    }

    private mutating func changeTags(of arn: String, _ change: (inout [ResourceTag]) -> Void) {
        let key = ByteKey(arn)
        if var machine = stateMachines[key] {
            change(&machine.tags)
            stateMachines[key] = machine
        } else if activities[key] != nil {
            change(&activityTags[key, default: []])
        }
    }

    private mutating func keep(
        _ text: String,
        _ compiled: StateMachineDefinition?,
        as digest: DefinitionDigest
    ) {
        guard let compiled, definitions[digest] == nil else { return }
        definitions[digest] = DefinitionRevision(digest: digest, text: text, compiled: compiled)
    }
}
