import StepwellEngine
import StepwellHistory
import StepwellServer

/// What the hub knows from one look at the log to the next.
struct LiveRound {
    private let engine: Engine
    private let log: LogRing
    private let memory: LiveMemory
    private var cursor: StoreCursor?
    private var logged: Int
    private var counted: StatusCounts?
    /// Rounds until numbers are looked at again, and whether they can be others by then.
    private var rest = 0
    private var isCountDue = true
    /// What was last said of executions that are open, as far as they are remembered.
    private var said: [ExecutionNumber: Said] = [:]

    private struct Said: Equatable {
        let status: ExecutionStatus
        let redrives: Int
    }

    /// Turns that are looked at in a round; when there are more, readers read anew.
    private static let limit = 2_000
    private static let remembered = 10_000
    private static let logLines = 200
    private static let countRounds = 4

    init(engine: Engine, log: LogRing, memory: LiveMemory) {
        self.engine = engine
        self.log = log
        self.memory = memory
        logged = log.count
    }

    /// Looks at what is new, and tells the readers who want to know.
    mutating func next(for readers: [LiveReader]) async {
        tellLog(readers)
        // A store that cannot be read says so where it is asked for something.
        guard let news = try? await engine.news(behind: cursor, limit: Self.limit) else { return }
        let isFirst = cursor == nil
        cursor = news.cursor
        if isFirst || news.isMore || !news.executions.isEmpty { isCountDue = true }
        if !isFirst { tell(news, readers) }
        // After what they count: who sees a change is told its numbers next.
        await tellCounts(readers)
    }

    private mutating func tell(_ news: LogNews, _ readers: [LiveReader]) {
        var events: [LiveEvent] = []
        if news.isMore {
            events.append(memory.add(.reset, ResponseFields()))
        } else if news.isCatalogChanged {
            events.append(memory.add(.catalog, ResponseFields()))
        }
        let heads = news.executions
        for head in heads where !head.isMapRunChild && isNews(head) {
            events.append(memory.add(.status, ExecutionRow(head).fields))
        }
        let common = events.flatMap(\.bytes)
        for reader in readers {
            var bytes = reader.topics.executions ? common : []
            if let followed = reader.topics.execution,
                let head = heads.first(where: { $0.execution == followed.number })
            {
                bytes += LiveEvent(.events, .progress(of: head, followed.arn)).bytes
            } else if reader.topics.execution != nil, news.isMore {
                bytes += LiveEvent(.reset, ResponseFields()).bytes
            }
            if !bytes.isEmpty { reader.send(bytes) }
        }
    }

    /// Tells how many executions there are: who came since, and the others once a second at most.
    private mutating func tellCounts(_ readers: [LiveReader]) async {
        rest -= 1
        let readers = readers.filter(\.topics.counts)
        guard !readers.isEmpty else { return }
        if rest <= 0, isCountDue, let counts = try? await engine.statusCounts(of: nil) {
            isCountDue = false
            rest = Self.countRounds
            counted = counts
        }
        guard let counted else { return }
        for reader in readers { reader.tell(counted) }
    }

    /// Whether an execution's status is another than was said; remembers what is said now.
    private mutating func isNews(_ head: ExecutionHead) -> Bool {
        let now = Said(status: head.summary.status, redrives: head.redriveCount)
        if said.count >= Self.remembered { said.removeAll() }
        defer { said[head.execution] = now }
        return said[head.execution] != now
    }

    private mutating func tellLog(_ readers: [LiveReader]) {
        guard log.count > logged else { return }
        let lines = log.lines(after: logged, limit: Self.logLines)
        logged = lines.last?.number ?? log.count
        let bytes = lines.flatMap { LiveEvent(.log, $0.fields).bytes }
        for reader in readers where reader.topics.log { reader.send(bytes) }
    }
}

extension ResponseFields {
    /// How far an execution has come.
    static func progress(of head: ExecutionHead, _ arn: String) -> ResponseFields {
        var fields = ResponseFields()
        fields.add("executionArn", arn)
        fields.add("lastEventId", Int(head.lastEventID))
        fields.add("status", head.summary.status.rawValue)
        return fields
    }
}
