import DequeModule
import StepwellHistory

/// What is on its way into memory, and what waits for it.
///
/// An execution whose decision is made elsewhere is on its way too.
///
///     park ─▶ wanted (urgent, background) ─▶ asked for ─▶ (read elsewhere) ─▶ take
///
/// What someone waits for goes before what time or recovery asks for, save that a quarter of what
/// is asked for at once is for the latter: however much is waited for, timers fire. How much that
/// is, is bounded.
struct LoadStage {
    private var waiting: [ExecutionNumber: [ParkedWork]] = [:]
    private var waitingForHolder: [ByteKey: [ParkedMessage]] = [:]
    /// What waits until it is known what became of a commit that failed.
    private var held: [ParkedMessage] = []
    private var urgent: Deque<Wanted> = []
    private var background: Deque<ExecutionNumber> = []
    private var pages: [LoadRequest] = []
    private var decisions: [LoadRequest] = []
    /// How many decisions are wanted or being made.
    private(set) var decisionCount = 0
    /// What of the background is being read.
    private var inBackground: Set<ExecutionNumber> = []
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
    var isEmpty: Bool {
        outstanding == 0 && urgent.isEmpty && background.isEmpty && pages.isEmpty
            && decisionCount == 0
    }

    /// Whether more may be asked for in the background.
    func hasRoom(_ limits: EngineLimits) -> Bool {
        inBackground.count + background.count < limits.loadsAtOnce
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

    /// Lets a message wait until `takeHeld`.
    mutating func hold(_ message: ParkedMessage) {
        count(message, 1)
        held.append(message)
    }

    /// Takes out what waits for nothing but that.
    mutating func takeHeld() -> [ParkedMessage] {
        defer { held = [] }
        for message in held { count(message, -1) }
        return held
    }

    /// Asks for a page of an index.
    mutating func ask(_ page: LoadRequest) { pages.append(page) }

    /// What is wanted of an execution waits from now on.
    mutating func expect(_ number: ExecutionNumber) {
        if waiting[number] == nil { waiting[number] = [] }
    }

    /// Whether an execution is on its way.
    func isExpected(_ number: ExecutionNumber) -> Bool { waiting[number] != nil }

    /// Asks for the decision of an execution that is expected.
    mutating func ask(_ decision: LongDecision) {
        decisionCount += 1
        decisions.append(.decision(decision))
    }

    /// An expected execution has to be read after all, and taken up.
    mutating func read(_ number: ExecutionNumber) {
        waiting[number, default: []].append(.recovery)
        urgent.append(.state(number))
    }

    /// What is to be done now.
    mutating func takeRequests(_ limits: EngineLimits, _ catalog: Catalog) -> [LoadRequest] {
        guard !urgent.isEmpty || !background.isEmpty || !pages.isEmpty || !decisions.isEmpty
        else { return [] }
        var requests = pages
        pages = []
        outstanding += requests.count
        requests += decisions
        decisions = []
        while outstanding < limits.loadsAtOnce, let request = next(limits, catalog) {
            requests.append(request)
            outstanding += 1
        }
        return requests
    }

    private mutating func next(_ limits: EngineLimits, _ catalog: Catalog) -> LoadRequest? {
        let share = max(1, limits.loadsAtOnce / 4)
        if urgent.isEmpty || inBackground.count < share, let number = background.popFirst() {
            inBackground.insert(number)
            return .execution(number, catalog)
        }
        switch urgent.popFirst() {
        case .state(let number): return .execution(number, catalog)
        case .holder(let query): return .holder(query)
        case nil: return nil
        }
    }

    /// Something was read or decided.
    mutating func noteArrival(of result: LoadResult) {
        if case .decided = result {
            decisionCount -= 1
            return
        }
        outstanding -= 1
        if case .execution(let number, _) = result { inBackground.remove(number) }
    }

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
        var messages = takeHeld()
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
