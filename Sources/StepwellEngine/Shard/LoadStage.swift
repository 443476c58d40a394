import DequeModule
import StepwellHistory

/// What is on its way into memory, and what waits for it.
///
///     park ─▶ wanted (urgent, background) ─▶ asked for ─▶ (read elsewhere) ─▶ take
///
/// What someone waits for goes before what time or recovery asks for; how much is asked for at once
/// is bounded.
struct LoadStage {
    private var waiting: [ExecutionNumber: [ParkedWork]] = [:]
    private var waitingForHolder: [ByteKey: [ParkedMessage]] = [:]
    private var urgent: Deque<Wanted> = []
    private var background: Deque<ExecutionNumber> = []
    private var pages: [LoadRequest] = []
    /// How much is being read.
    private(set) var outstanding = 0
    /// The messages that wait, and their bytes.
    private(set) var messageCount = 0
    private(set) var messageBytes = 0

    private enum Wanted {
        case state(ExecutionNumber)
        case holder(HolderQuery)
    }

    /// Whether nothing is wanted or being read.
    var isEmpty: Bool { outstanding == 0 && urgent.isEmpty && background.isEmpty && pages.isEmpty }

    /// Whether more may be asked for in the background.
    func hasRoom(_ limits: EngineLimits) -> Bool {
        outstanding + urgent.count + background.count < limits.loadsAtOnce
    }

    /// Lets work wait for an execution's state, which is asked for unless it is on its way.
    mutating func park(_ work: ParkedWork, for number: ExecutionNumber, isUrgent: Bool) {
        if case .message(let parked) = work { count(parked, 1) }
        let isOnItsWay = waiting[number] != nil
        waiting[number, default: []].append(work)
        guard !isOnItsWay else { return }
        if isUrgent { urgent.append(.state(number)) } else { background.append(number) }
    }

    /// Lets a message wait until it is known who has a name.
    mutating func park(_ message: ParkedMessage, for query: HolderQuery) {
        count(message, 1)
        let key = query.key
        let isOnItsWay = waitingForHolder[key] != nil
        waitingForHolder[key, default: []].append(message)
        if !isOnItsWay { urgent.append(.holder(query)) }
    }

    /// Asks for a page of an index.
    mutating func ask(_ page: LoadRequest) { pages.append(page) }

    /// What is to be read now.
    mutating func takeRequests(_ limits: EngineLimits, _ catalog: Catalog) -> [LoadRequest] {
        guard !urgent.isEmpty || !background.isEmpty || !pages.isEmpty else { return [] }
        var requests = pages
        pages = []
        outstanding += requests.count
        while outstanding < limits.loadsAtOnce {
            switch urgent.popFirst() {
            case .state(let number): requests.append(.execution(number, catalog))
            case .holder(let query): requests.append(.holder(query))
            case nil:
                guard let number = background.popFirst() else { return requests }
                requests.append(.execution(number, catalog))
            }
            outstanding += 1
        }
        return requests
    }

    /// Something was read.
    mutating func noteArrival() { outstanding -= 1 }

    /// Takes out what waits for an execution.
    mutating func take(_ number: ExecutionNumber) -> [ParkedWork] {
        let work = waiting.removeValue(forKey: number) ?? []
        for case .message(let parked) in work { count(parked, -1) }
        return work
    }

    /// Takes out what waits for the holder of a name.
    mutating func take(_ query: HolderQuery) -> [ParkedMessage] {
        let messages = waitingForHolder.removeValue(forKey: query.key) ?? []
        for message in messages { count(message, -1) }
        return messages
    }

    /// Takes out every message that waits; what was asked for is still on its way.
    mutating func takeMessages() -> [ParkedMessage] {
        var messages: [ParkedMessage] = []
        for number in waiting.keys.sorted() {
            var others: [ParkedWork] = []
            for work in waiting[number] ?? [] {
                if case .message(let parked) = work {
                    messages.append(parked)
                } else {
                    others.append(work)
                }
            }
            waiting[number] = others
        }
        // Order-free: each is told the same.
        for key in Array(waitingForHolder.keys) {
            messages += waitingForHolder[key] ?? []
            waitingForHolder[key] = []
        }
        (messageCount, messageBytes) = (0, 0)
        return messages
    }

    private mutating func count(_ parked: ParkedMessage, _ sign: Int) {
        messageCount += sign
        messageBytes += sign * parked.message.byteCount
    }
}
