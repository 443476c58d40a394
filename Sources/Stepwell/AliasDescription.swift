import StepwellEngine
public import StepwellHistory

/// A version that an alias leads to.
public struct AliasRoute: Sendable, Hashable {
    /// The version's ARN.
    public var versionARN: String
    /// How many of 100 executions it gets.
    public var weight: Int

    /// A version that gets `weight` of 100 executions.
    public init(_ versionARN: String, weight: Int = 100) {
        self.versionARN = versionARN
        self.weight = weight
    }
}

/// What is known of an alias.
public struct AliasDescription: Sendable, Hashable {
    /// The alias's ARN: the state machine's, with the name.
    public let arn: String
    /// Its name.
    public let name: String
    /// What it is for.
    public let description: String?
    /// The versions that it leads to.
    public let routes: [AliasRoute]
    /// When it was created.
    public let creationDate: Timestamp
    /// When it was last changed.
    public let updateDate: Timestamp

    init(_ response: DescribeStateMachineAliasResponse) {
        arn = response.stateMachineAliasARN
        name = response.name
        description = response.description
        routes = response.routingConfiguration.map {
            AliasRoute($0.stateMachineVersionARN, weight: $0.weight)
        }
        creationDate = response.creationDate
        updateDate = response.updateDate
    }
}
