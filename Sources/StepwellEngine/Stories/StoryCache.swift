import StepwellHistory
import StepwellInterpreter
import StepwellReplay

/// Stories that were told lately, to be told on from where they end; the least recently used goes
/// first.
struct StoryCache {
    fileprivate struct Entry {
        let execution: ExecutionNumber
        let told: ToldStory
        let weight: Int
    }

    private let byteLimit: Int
    private let countLimit: Int
    /// The one used last at the end.
    private var entries: [Entry] = []
    private var bytes = 0

    init(byteLimit: Int, countLimit: Int = 64) {
        self.byteLimit = byteLimit
        self.countLimit = countLimit
    }

    /// How many stories are kept.
    var count: Int { entries.count }

    /// The story of an execution that has come furthest without having passed a place (nil: any).
    mutating func story(
        of execution: ExecutionNumber,
        before place: ReplayPlace?
    ) -> ToldStory? {
        var best: Int?
        for (index, entry) in entries.enumerated() where entry.execution == execution {
            if let place, !entry.told.story.isWithin(place) { continue }
            if let found = best, entries[found].ordinal >= entry.ordinal { continue }
            best = index
        }
        guard let best else { return nil }
        let entry = entries.remove(at: best)
        entries.append(entry)
        return entry.told
    }

    /// Where the log of an execution has an event, when a story that is kept has come so far.
    func ordinal(of event: EventID, in execution: ExecutionNumber) -> Ordinal? {
        for entry in entries where entry.execution == execution {
            let events = entry.told.story.events
            if event >= 1, event <= events.count { return events[Int(event) - 1].ordinal }
        }
        return nil
    }

    /// Keeps a story, in the place of the one that ends at `former` when there is one.
    mutating func keep(
        _ told: ToldStory,
        of execution: ExecutionNumber,
        insteadOf former: Ordinal? = nil
    ) {
        let ordinal = told.story.state.lastOrdinal
        while let place = entries.firstIndex(where: {
            $0.execution == execution && ($0.ordinal == ordinal || $0.ordinal == former)
        }) {
            bytes -= entries.remove(at: place).weight
        }
        let isShared = entries.contains { $0.execution == execution }
        let entry = Entry(
            execution: execution,
            told: told,
            weight: told.weight + (isShared ? 0 : told.logBytes)
        )
        guard entry.weight <= byteLimit else { return }
        entries.append(entry)
        bytes += entry.weight
        while bytes > byteLimit || entries.count > countLimit {
            bytes -= entries.removeFirst().weight
        }
    }
}

extension StoryCache.Entry {
    fileprivate var ordinal: Ordinal { told.story.state.lastOrdinal }
}
