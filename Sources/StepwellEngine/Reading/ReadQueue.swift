import DequeModule

/// The reads that wait, in the order in which they are to be done.
///
/// Those of one caller come in their order, and callers take turns, one read each. Brief reads
/// come first, save that after some of them in a row a page comes too.
struct ReadQueue {
    /// The reads of one lane.
    private struct Line {
        var callers: Deque<ReadCaller> = []
        var jobs: [ReadCaller: Deque<ReadJob>] = [:]

        mutating func add(_ job: ReadJob) {
            if jobs[job.caller] == nil { callers.append(job.caller) }
            jobs[job.caller, default: []].append(job)
        }

        mutating func next() -> ReadJob? {
            guard let caller = callers.popFirst(), let job = jobs[caller]?.popFirst() else {
                return nil
            }
            if jobs[caller]?.isEmpty == true {
                jobs[caller] = nil
            } else {
                callers.append(caller)
            }
            return job
        }

        mutating func remove(_ id: RequestID, of caller: ReadCaller) -> ReadJob? {
            guard let place = jobs[caller]?.firstIndex(where: { $0.id == id }) else { return nil }
            let job = jobs[caller]?.remove(at: place)
            if jobs[caller]?.isEmpty == true {
                jobs[caller] = nil
                callers.removeAll { $0 == caller }
            }
            return job
        }
    }

    /// Brief reads that come before a page that waits.
    static let briefReadsInARow = 16

    private let capacity: Int
    private let capacityPerCaller: Int
    private var brief = Line()
    private var pages = Line()
    private var briefSincePage = 0
    private(set) var count = 0

    init(capacity: Int, capacityPerCaller: Int) {
        self.capacity = capacity
        self.capacityPerCaller = capacityPerCaller
    }

    /// Adds a read; false when too many wait, of its caller or in all.
    mutating func add(_ job: ReadJob, isRefusable: Bool = true) -> Bool {
        let own = (brief.jobs[job.caller]?.count ?? 0) + (pages.jobs[job.caller]?.count ?? 0)
        guard !isRefusable || (count < capacity && own < capacityPerCaller) else { return false }
        count += 1
        switch job.lane {
        case .brief: brief.add(job)
        case .page: pages.add(job)
        }
        return true
    }

    /// Takes out the read that is next; `pagesToo` says whether it may be a long one.
    mutating func next(pagesToo: Bool) -> ReadJob? {
        var job: ReadJob?
        if pagesToo, briefSincePage >= Self.briefReadsInARow { job = pages.next() }
        guard let job = job ?? brief.next() ?? (pagesToo ? pages.next() : nil) else { return nil }
        briefSincePage = job.lane == .page ? 0 : briefSincePage + 1
        count -= 1
        return job
    }

    /// Takes out a read that its caller does not want any more.
    mutating func remove(_ id: RequestID, of caller: ReadCaller) -> ReadJob? {
        guard let job = brief.remove(id, of: caller) ?? pages.remove(id, of: caller) else {
            return nil
        }
        count -= 1
        return job
    }
}
