/// What a child execution of a distributed Map state is to the Map Run that started it.
package struct MapRunMembership: Sendable, Hashable {
    package var mapRunARN: String
    /// The execution whose Map state the run belongs to.
    package var parent: ExecutionNumber
    /// The run's place among those of the parent, and the child's in the run.
    package var child: MapRunChild
    /// The Map state whose item processor the child runs.
    package var stateName: String

    package init(
        mapRunARN: String,
        parent: ExecutionNumber,
        child: MapRunChild,
        stateName: String
    ) {
        self.mapRunARN = mapRunARN
        self.parent = parent
        self.child = child
        self.stateName = stateName
    }
}

/// A child of a Map Run as its parent execution counts.
package struct MapRunChild: Sendable, Hashable {
    /// The place of the run among those of the parent, from 0.
    package var mapRun: Int
    /// The index of the item, from 0.
    package var index: Int

    package init(mapRun: Int, index: Int) {
        self.mapRun = mapRun
        self.index = index
    }
}

/// How a child of a Map Run ended.
package struct MapRunChildOutcome: Sendable, Equatable {
    /// Any but `RUNNING`.
    package var status: ExecutionStatus
    /// Of a child that succeeded.
    package var output: Payload?

    package init(status: ExecutionStatus, output: Payload?) {
        self.status = status
        self.output = output
    }
}

/// One of several children of Map Runs that have closed.
package struct ClosedChild: Sendable, Equatable {
    package var child: MapRunChild
    package var outcome: MapRunChildOutcome

    package init(_ child: MapRunChild, _ outcome: MapRunChildOutcome) {
        self.child = child
        self.outcome = outcome
    }

    /// More than so many do not go into one input: each has a payload of its own.
    package static let most = 128
}

/// What UpdateMapRun changes; nil leaves a setting as it is.
package struct MapRunUpdate: Sendable, Hashable {
    /// 0 stands for no limit.
    package var maxConcurrency: Int?
    package var toleratedFailureCount: Int64?
    /// 0 to 100.
    package var toleratedFailurePercentage: Double?

    package init(
        maxConcurrency: Int? = nil,
        toleratedFailureCount: Int64? = nil,
        toleratedFailurePercentage: Double? = nil
    ) {
        self.maxConcurrency = maxConcurrency
        self.toleratedFailureCount = toleratedFailureCount
        self.toleratedFailurePercentage = toleratedFailurePercentage
    }
}
