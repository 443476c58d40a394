package import StepwellHistory
import StepwellLanguage

/// The state machines, definitions and activities: what the catalog stream's records add up to.
///
/// A copy costs nothing and a change of one O(log n), however many state machines there are and
/// whoever holds copies.
package struct Catalog: Sendable {
    var stateMachines = OrderedTable<ListingKey, Boxed<StateMachineEntry>>()
    /// State machines that were deleted, for executions that still follow them.
    var deletedStateMachines = OrderedTable<ListingKey, Boxed<StateMachineEntry>>()
    var activities = OrderedTable<ListingKey, Boxed<CatalogActivity>>()
    /// The definitions, by the record that brought each.
    var definitions = OrderedTable<DefinitionDigest, Ordinal>()
    /// What reads and compiles them.
    let library: DefinitionLibrary

    /// An empty catalog.
    package init(library: DefinitionLibrary) {
        self.library = library
    }

    /// The state machine with an ARN.
    package func stateMachine(_ arn: String) -> StateMachineEntry? {
        stateMachines[ListingKey(arn: arn)]?.value
    }

    /// The state machine with an ARN, or the one that last had it.
    package func stateMachineEvenDeleted(_ arn: String) -> StateMachineEntry? {
        let key = ListingKey(arn: arn)
        return (stateMachines[key] ?? deletedStateMachines[key])?.value
    }

    /// The state machine that had an ARN at a time, as far as it is known: the one that has it, or
    /// the one that had it before.
    package func stateMachine(_ arn: String, startedFrom date: Timestamp) -> StateMachineEntry? {
        let key = ListingKey(arn: arn)
        let (present, past) = (stateMachines[key]?.value, deletedStateMachines[key]?.value)
        if let present, let past { return date < present.creationDate ? past : present }
        return present ?? past
    }

    /// The ARNs of all state machines that are or were.
    var everyStateMachineARN: [String] {
        var arns: [String] = []
        stateMachines.forEach { _, machine in
            arns.append(machine.value.arn)
            return true
        }
        deletedStateMachines.forEach { key, machine in
            if stateMachines[key] == nil { arns.append(machine.value.arn) }
            return true
        }
        return arns
    }

    /// How many state machines there are.
    package var stateMachineCount: Int { stateMachines.count }

    /// How many activities there are.
    package var activityCount: Int { activities.count }

    /// Whether there was a state machine with an ARN, and it was deleted.
    package func isDeleted(_ arn: String) -> Bool {
        guard !deletedStateMachines.isEmpty else { return false }
        let key = ListingKey(arn: arn)
        return stateMachines[key] == nil && deletedStateMachines[key] != nil
    }

    /// The definition with a digest.
    package func definition(_ digest: DefinitionDigest) -> DefinitionRevision? {
        definitions[digest].map {
            DefinitionRevision(digest: digest, ordinal: $0, library: library)
        }
    }

    /// The activity with an ARN.
    package func activity(_ arn: String) -> ActivityDescription? {
        activities[ListingKey(arn: arn)]?.value.description
    }

    /// The tags of a state machine or activity; nil when there is none with the ARN.
    package func tags(of arn: String) -> [ResourceTag]? {
        let key = ListingKey(arn: arn)
        return stateMachines[key]?.value.tags ?? activities[key]?.value.tags
    }

    /// State machines in order of the names' bytes, then of the ARNs', from behind an ARN (nil:
    /// from the first), at most `limit`.
    package func stateMachines(after arn: String? = nil, limit: Int) -> [StateMachineEntry] {
        stateMachines.entries(after: arn.map(ListingKey.init), limit: limit).map(\.value.value)
    }

    /// Activities in order of the names' bytes, then of the ARNs', from behind an ARN (nil: from
    /// the first), at most `limit`.
    package func activities(after arn: String? = nil, limit: Int) -> [ActivityDescription] {
        activities.entries(after: arn.map(ListingKey.init), limit: limit)
            .map(\.value.value.description)
    }

    /// Follows the record at an ordinal of the stream.
    package mutating func apply(_ record: CatalogRecord, at ordinal: Ordinal) {
        if let digest = record.definition?.digest, definitions[digest] == nil {
            definitions.put(ordinal, for: digest)
        }
        switch record {
        case .stateMachineCreated(let creation):
            let machine = StateMachineEntry(
                arn: creation.arn,
                name: creation.name,
                type: creation.type,
                tags: creation.tags,
                settings: creation.settings
            )
            stateMachines.put(Boxed(machine), for: ListingKey(arn: creation.arn))
        case .stateMachineUpdated(let arn, let settings, _):
            change(arn) { $0.revise(settings) }
        case .stateMachineDeleted(let arn, _):
            let key = ListingKey(arn: arn)
            if let gone = stateMachines.remove(key) { deletedStateMachines.put(gone, for: key) }
        case .activityCreated(let activity, let tags):
            let activity = CatalogActivity(description: activity, tags: tags)
            let key = ListingKey(arn: activity.description.activityARN)
            activities.put(Boxed(activity), for: key)
        case .activityDeleted(let arn, _):
            activities.remove(ListingKey(arn: arn))
        case .versionPublished(let arn, let publication):
            change(arn) { $0.publish(publication) }
        case .versionDeleted(let arn, let number, _):
            change(arn) { $0.removeVersion(number) }
        case .aliasCreated(let arn, let alias), .aliasUpdated(let arn, let alias):
            change(arn) { $0.put(alias) }
        case .aliasDeleted(let arn, let name, _):
            change(arn) { $0.removeAlias(name) }
        case .resourceTagged(let arn, let tags, _):
            changeTags(of: arn) { $0.put(tags) }
        case .resourceUntagged(let arn, let keys, _):
            changeTags(of: arn) { $0.remove(keys) }
        }
    }

    private mutating func change(_ arn: String, _ change: (inout StateMachineEntry) -> Void) {
        let key = ListingKey(arn: arn)
        guard var machine = stateMachines[key]?.value else { return }
        change(&machine)
        stateMachines.put(Boxed(machine), for: key)
    }

    private mutating func changeTags(of arn: String, _ change: (inout [ResourceTag]) -> Void) {
        let key = ListingKey(arn: arn)
        if stateMachines[key] != nil {
            self.change(arn) { change(&$0.tags) }
        } else if var activity = activities[key]?.value {
            change(&activity.tags)
            activities.put(Boxed(activity), for: key)
        }
    }
}
