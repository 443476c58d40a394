package import StepwellHistory

/// One entry of ListStateMachines.
package struct StateMachineListItem: Sendable, Equatable {
    package var stateMachineARN: String
    package var name: String
    package var type: StateMachineType
    package var creationDate: Timestamp
}

/// A page of a listing.
package struct Page<Item: Sendable>: Sendable {
    package var items: [Item]
    /// Where the next page begins; nil on the last.
    package var nextToken: String?

    package init(items: [Item], nextToken: String?) {
        self.items = items
        self.nextToken = nextToken
    }
}
