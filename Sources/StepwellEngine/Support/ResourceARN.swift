/// The ARN of a state machine, execution or activity: `arn:PARTITION:states:REGION:ACCOUNT:KIND:…`.
package struct ResourceARN: Sendable, Hashable {
    /// The resource types of the service that the engine knows.
    package enum Kind: String, Sendable {
        case stateMachine
        case execution
        case activity
        case express
        case mapRun
    }

    package let partition: String
    package let region: String
    package let account: String
    package let kind: Kind
    /// What follows the kind: the name; of an execution, machine and name.
    package let names: [String]

    /// Takes an ARN apart.
    ///
    /// Throws `InvalidArn` in AWS's words when it is none, or none of this service.
    package init(_ text: String) throws(ServiceError) {
        guard text.utf8.starts(with: "arn:".utf8) else {
            throw .invalidARN("Invalid ARN prefix: \(text)")
        }
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard parts.count >= 7 else {
            throw .invalidARN("Invalid ARN length: \(text)")
        }
        guard parts[2] == "states" else {
            throw .invalidARN("Invalid service in ARN: \(parts[2])")
        }
        guard let kind = Kind(rawValue: parts[5]) else {
            throw .invalidARN("Resource type not valid in this context: \(parts[5])")
        }
        partition = parts[1]
        region = parts[3]
        account = parts[4]
        self.kind = kind
        names = Array(parts[6...])
    }

    /// Takes the ARN of a resource of one kind apart; it has at least `count` names.
    package init(_ text: String, expecting kind: Kind, atLeast count: Int) throws(ServiceError) {
        try self.init(text)
        guard self.kind == kind else {
            throw .invalidARN("Resource type not valid in this context: \(self.kind.rawValue)")
        }
        guard names.count >= count, names.allSatisfy({ !$0.isEmpty }) else {
            throw .invalidARN("Invalid ARN length: \(text)")
        }
    }

    /// The ARN of another resource of the same account and region.
    package func sibling(_ kind: Kind, _ names: [String]) -> String {
        (["arn", partition, "states", region, account, kind.rawValue] + names)
            .joined(separator: ":")
    }
}
