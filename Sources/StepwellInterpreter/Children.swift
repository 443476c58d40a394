package import StepwellHistory
package import StepwellJSON

/// The branches that a Parallel or Map state runs, and what they have come to.
package struct Children: Sendable {
    /// The live children, in order of their start.
    package var live: [BranchID]
    /// The outputs of those that ended, by index.
    package var results: [Payload?]
    /// How many have ended.
    package var finished = 0
    /// Map only: the index of the next iteration to start.
    package var nextIndex = 0
    /// Map only: the array that is iterated over.
    package var items: ResolvedItems?
    /// Map only: what the next `MapIterationStarted` hangs below.
    package var startCursor: EventID = 0
    /// The children that failed or were aborted, as they stood: a redrive takes them up again.
    package var unsuccessful: [Branch] = []

    package init(count: Int, items: ResolvedItems? = nil, startCursor: EventID = 0) {
        live = []
        results = Array(repeating: nil, count: count)
        self.items = items
        self.startCursor = startCursor
    }

    /// Whether every child has ended.
    package var isComplete: Bool { finished == results.count }

    /// Whether a Map may start another iteration now.
    package var mayStartIteration: Bool {
        guard let items else { return false }
        return nextIndex < results.count && live.count < items.maxConcurrency
    }
}

/// The items of a Map state and how many of them may run at once.
package struct ResolvedItems: Sendable {
    /// A JSON array; of a distributed Map perhaps an object, whose entries are the items.
    package var payload: Payload
    /// The parsed array, kept while the Map runs.
    package var values: [JSONValue]
    /// The keys of the values, of a Map over an object.
    package var keys: [String]?
    /// At least 1; of a distributed Map 0 for no limit.
    package var maxConcurrency: Int

    /// Parses the payload; text that is no array holds no items.
    package init(payload: Payload, maxConcurrency: Int) {
        var payload = payload
        let value = (try? payload.value()) ?? .null
        switch value {
        case .array(let values): self.values = values
        case .object(let object):
            values = object.map(\.value)
            keys = object.map(\.key)
        default: values = []
        }
        payload.parsed = nil
        self.payload = payload
        self.maxConcurrency = maxConcurrency
    }
}
