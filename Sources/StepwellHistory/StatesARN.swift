/// The ARN of a resource of Step Functions:
/// `arn:PARTITION:states:REGION:ACCOUNT:KIND:…`, taken apart.
package struct StatesARN: Sendable, Hashable {
    /// What the ARN names.
    package enum Resource: Sendable, Hashable {
        /// `stateMachine:NAME`; of the children of a Distributed Map `NAME/LABEL`.
        case stateMachine(name: String)
        /// `stateMachine:NAME:NUMBER`, a published version.
        case stateMachineVersion(name: String, version: Int64)
        /// `stateMachine:NAME:ALIAS`.
        case stateMachineAlias(name: String, alias: String)
        /// `execution:MACHINE:NAME`.
        case execution(stateMachine: String, name: String)
        /// `express:MACHINE:NAME:ID`.
        case express(stateMachine: String, name: String, id: String)
        /// `activity:NAME`.
        case activity(name: String)
        /// `mapRun:MACHINE/LABEL:ID`.
        case mapRun(stateMachine: String, label: String, id: String)
    }

    /// `aws`, `aws-cn` and so on.
    package let partition: String
    package let region: String
    package let account: String
    package let resource: Resource

    package init(partition: String, region: String, account: String, resource: Resource) {
        self.partition = partition
        self.region = region
        self.account = account
        self.resource = resource
    }

    /// The ARN of another resource of the same account and region.
    package func sibling(_ resource: Resource) -> StatesARN {
        StatesARN(partition: partition, region: region, account: account, resource: resource)
    }
}

extension StatesARN: LosslessStringConvertible {
    /// Takes an ARN apart; nil when it is none, or none of the forms above.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard parts.count >= 7, parts[0] == "arn", parts[2] == "states", !parts[1].isEmpty,
            !parts[3].isEmpty, !parts[4].isEmpty,
            let resource = Resource(kind: parts[5], names: parts[6...])
        else { return nil }
        self.init(partition: parts[1], region: parts[3], account: parts[4], resource: resource)
    }

    /// The ARN as text.
    package var description: String {
        "arn:\(partition):states:\(region):\(account):\(resource.text)"
    }
}

extension StatesARN.Resource {
    fileprivate init?(kind: String, names: ArraySlice<String>) {
        guard names.allSatisfy({ !$0.isEmpty }), let first = names.first else { return nil }
        let rest = Array(names.dropFirst())
        switch (kind, rest.count) {
        case ("stateMachine", 0): self = .stateMachine(name: first)
        case ("stateMachine", 1):
            // Aliases have a character that is no digit; so numbers are versions.
            if rest[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                guard let version = Int64(rest[0]), String(version) == rest[0] else { return nil }
                self = .stateMachineVersion(name: first, version: version)
            } else {
                self = .stateMachineAlias(name: first, alias: rest[0])
            }
        case ("execution", 1): self = .execution(stateMachine: first, name: rest[0])
        case ("express", 2): self = .express(stateMachine: first, name: rest[0], id: rest[1])
        case ("activity", 0): self = .activity(name: first)
        case ("mapRun", 1):
            let slash = UInt8(ascii: "/")
            let parts = first.utf8.split(separator: slash, omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            self = .mapRun(
                stateMachine: String(Substring(parts[0])),
                label: String(Substring(parts[1])),
                id: rest[0]
            )
        default: return nil
        }
    }

    fileprivate var text: String {
        switch self {
        case .stateMachine(let name): "stateMachine:\(name)"
        case .stateMachineVersion(let name, let version): "stateMachine:\(name):\(version)"
        case .stateMachineAlias(let name, let alias): "stateMachine:\(name):\(alias)"
        case .execution(let machine, let name): "execution:\(machine):\(name)"
        case .express(let machine, let name, let id): "express:\(machine):\(name):\(id)"
        case .activity(let name): "activity:\(name)"
        case .mapRun(let machine, let label, let id): "mapRun:\(machine)/\(label):\(id)"
        }
    }
}
