import StepwellHistory
import StepwellInterpreter
package import StepwellJSON
import StepwellLanguage

/// What has become of every state of a definition, up to a place in an execution's log: the colours
/// and counts of a drawing.
package struct StateStatuses: Sendable {
    /// One state, and how its visits have gone.
    package struct Entry: Sendable {
        package let name: String
        package let type: String
        package let tally: StateTally
        /// Of a Map or Parallel state: what the iterations or branches of all its visits came to;
        /// `count` is how many there were to be.
        package var children: ChildCounts?
    }

    /// The states in the order of the definition.
    package let entries: [Entry]

    package init(of story: ExecutionStory) {
        let counts = story.allChildCounts()
        entries = story.definition.states.enumerated().map { place, state in
            Entry(
                name: state.name,
                type: state.kind.typeName,
                tally: story.tallies[place],
                children: counts[place]
            )
        }
    }

    /// The statuses as a JSON object, by state name.
    package var json: JSONObject {
        var object = JSONObject()
        for entry in entries { object[entry.name] = .object(entry.json) }
        return object
    }
}

extension StateStatuses.Entry {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object["type"] = .string(type)
        object["status"] = .string(tally.status.rawValue)
        object["entered"] = .number(JSONNumber(Int64(tally.entered)))
        for status in VisitStatus.allCases {
            object[status.rawValue] = .number(JSONNumber(Int64(tally.count(status))))
        }
        object["retries"] = .number(JSONNumber(Int64(tally.retries)))
        object["firstEntered"] = tally.firstEntered.map { .string($0.rfc3339) }
        object["lastExited"] = tally.lastExited.map { .string($0.rfc3339) }
        if let children {
            object["children"] = .object(
                JSONObject([
                    ("count", .number(JSONNumber(Int64(children.count)))),
                    ("running", .number(JSONNumber(Int64(children.running)))),
                    ("succeeded", .number(JSONNumber(Int64(children.succeeded)))),
                    ("failed", .number(JSONNumber(Int64(children.failed)))),
                ])
            )
        }
        return object
    }
}

extension ExecutionStory {
    /// What the children of each Parallel and Map state have come to, by the state's place.
    fileprivate func allChildCounts() -> [ChildCounts?] {
        var counts = childCounts
        for run in state.mapRuns where counts.indices.contains(run.state.value) {
            var sum = counts[run.state.value] ?? ChildCounts()
            sum.count += max(run.total, run.children.count)
            sum.running += run.count(.running)
            sum.succeeded += run.count(.succeeded)
            sum.failed += run.count(.failed) + run.count(.timedOut) + run.count(.aborted)
            counts[run.state.value] = sum
        }
        return counts
    }
}
