package import StepwellHistory

/// A name for one or two versions of a state machine, which shares new executions out to them.
package struct StateMachineAlias: Sendable, Hashable {
    /// Where an alias leads: a version, and how many of 100 executions it gets.
    package struct Route: Sendable, Hashable {
        package var version: Int
        /// 0 to 100; those of an alias add up to 100.
        package var weight: Int
    }

    package var name: String
    package var description: String?
    /// One or two.
    package var routes: [Route]
    package var creationDate: Timestamp
    package var updateDate: Timestamp

    /// The version that a number from 0 to 99 leads to.
    package func version(drawn: Int) -> Int? {
        var rest = drawn
        for route in routes {
            if rest < route.weight { return route.version }
            rest -= route.weight
        }
        return nil
    }
}
