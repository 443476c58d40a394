package import StepwellHistory

/// A version that an alias leads to, and how many of 100 executions it gets.
package struct RoutingConfigurationItem: Sendable, Hashable {
    package var stateMachineVersionARN: String
    /// 0 to 100.
    package var weight: Int

    package init(stateMachineVersionARN: String, weight: Int) {
        self.stateMachineVersionARN = stateMachineVersionARN
        self.weight = weight
    }
}

/// What CreateStateMachineAlias is asked.
package struct CreateStateMachineAliasRequest: Sendable {
    package var name: String
    package var description: String?
    /// One or two versions of one state machine.
    package var routingConfiguration: [RoutingConfigurationItem]

    package init(
        name: String,
        description: String? = nil,
        routingConfiguration: [RoutingConfigurationItem]
    ) {
        self.name = name
        self.description = description
        self.routingConfiguration = routingConfiguration
    }
}

/// What UpdateStateMachineAlias is asked; what is nil stays as it is.
package struct UpdateStateMachineAliasRequest: Sendable {
    package var stateMachineAliasARN: String
    package var description: String?
    package var routingConfiguration: [RoutingConfigurationItem]?

    package init(
        stateMachineAliasARN: String,
        description: String? = nil,
        routingConfiguration: [RoutingConfigurationItem]? = nil
    ) {
        self.stateMachineAliasARN = stateMachineAliasARN
        self.description = description
        self.routingConfiguration = routingConfiguration
    }
}

/// What DescribeStateMachineAlias answers.
package struct DescribeStateMachineAliasResponse: Sendable, Equatable {
    package var stateMachineAliasARN: String
    package var name: String
    package var description: String?
    package var routingConfiguration: [RoutingConfigurationItem]
    package var creationDate: Timestamp
    package var updateDate: Timestamp
}

/// One entry of ListStateMachineAliases, and what CreateStateMachineAlias answers.
package struct StateMachineAliasListItem: Sendable, Equatable {
    package var stateMachineAliasARN: String
    package var creationDate: Timestamp
}
