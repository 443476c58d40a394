import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import Testing

/// Runs a golden case: every task meets what its line says, and the clock jumps from timer to
/// timer.
struct GoldenRun {
    private(set) var driver: Driver
    private var answers: [[String]]
    private var endings: [[String]]
    private var data: [String]

    init(_ golden: GoldenCase, semantics: UInt16 = Semantics.current) throws {
        driver = try Driver(golden.definition)
        // What ended turns when the logs of earlier revisions were written.
        if semantics < Semantics.current {
            driver.budget = TurnBudget(records: 256, bytes: 131_072)
        }
        answers = golden.tasks
        endings = golden.children
        data = golden.data
        driver.activityExists = { !$0.hasSuffix(":gone") }
        driver.isServed = { !$0.resource.hasSuffix(":nobody") }
        if let activities = golden.activities { driver.openActivities = activities }
        let limits = golden.limit.map { LimitsProfile(historyEvents: $0) } ?? .standard
        try driver.start(golden.input, limits: limits, semantics: semantics)
        try runToClosing()
        for closing in golden.closings {
            try reopen(closing)
            try runToClosing()
        }
    }

    private mutating func runToClosing() throws {
        var rounds = 0
        while driver.state.status == .running, rounds < 1_000 {
            rounds += 1
            if let task = driver.nextTask() {
                try answer(task)
            } else if !driver.reads.isEmpty || !driver.writes.isEmpty {
                try bring()
            } else if !driver.children.isEmpty {
                try end(driver.children.removeFirst())
            } else if let timer = driver.state.earliestTimer {
                driver.now = max(driver.now, timer.due)
                try driver.feed(.timerFired(timer.ordinal))
            } else {
                break
            }
        }
    }

    private mutating func reopen(_ steps: [String]) throws {
        for step in steps {
            let words = step.split(separator: " ").map(String.init)
            switch words.first {
            case "wait":
                let passed = words.last.flatMap { Int64($0) } ?? 0
                driver.now = driver.now.advanced(byMilliseconds: passed)
            case "redrive":
                let outcome = try driver.feed(.redrive(clientToken: nil))
                #expect(outcome == .accepted)
            case "refused":
                let outcome = try driver.feed(.redrive(clientToken: nil))
                #expect(outcome == .refused(.notRedrivable))
            default: throw GoldenError(line: step)
            }
        }
    }

    private mutating func answer(_ task: TaskDispatch) throws {
        guard !answers.isEmpty else { throw GoldenError(line: "no answer for \(task.ordinal)") }
        for step in answers.removeFirst() where driver.state.status == .running {
            let words = step.split(separator: " ", maxSplits: 1).map(String.init)
            let rest = words.count > 1 ? words[1] : ""
            switch words.first {
            case "ok" where rest.isEmpty:
                try driver.feed(.taskSucceeded(task.ordinal, output: task.parameters))
            case "ok": try driver.feed(.taskSucceeded(task.ordinal, output: payload(rest)))
            case "submit": try driver.feed(.taskSubmitted(task.ordinal, output: payload(rest)))
            case "started":
                let worker = rest.isEmpty ? nil : rest
                try driver.feed(.taskStarted(task.ordinal, workerName: worker))
            case "fail": try driver.feed(.taskFailed(task.ordinal, failure(rest)))
            case "refuse": try driver.feed(.taskSubmitFailed(task.ordinal, failure(rest)))
            case "stop": try driver.feed(.stop(failure(rest)))
            case "heartbeat": try driver.feed(.taskHeartbeat(task.ordinal))
            case "wait": try advance(Int64(rest) ?? 0)
            case "silent": break
            default: throw GoldenError(line: step)
            }
        }
    }

    /// The next page of items, or the end of the writing of results.
    private mutating func bring() throws {
        guard !data.isEmpty else { throw GoldenError(line: "no data") }
        let line = data.removeFirst()
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        guard !driver.reads.isEmpty else {
            let write = driver.writes.removeFirst()
            switch words.first {
            case "written":
                try driver.feed(
                    .resultsWritten(
                        mapRun: write.mapRun,
                        asked: write.asked,
                        output: payload(rest),
                        count: 1
                    )
                )
            case "fail":
                try driver.feed(
                    .resultsNotWritten(
                        mapRun: write.mapRun,
                        asked: write.asked,
                        failure(rest)
                    )
                )
            default: throw GoldenError(line: line)
            }
            return
        }
        let read = driver.reads.removeFirst()
        switch words.first {
        case "page", "last":
            let items = payload(rest)
            let value = try items.value()
            let count = value.arrayValue?.count ?? value.objectValue?.count ?? 0
            let page = ItemPage(
                order: read.order,
                items: items,
                origins: [ItemOrigin(count: count, source: "S3://bucket/key")],
                next: words.first == "last" ? nil : [UInt8(read.order)]
            )
            try driver.feed(.itemsRead(mapRun: read.mapRun, page))
        case "fail":
            let input = Input.itemsNotRead(mapRun: read.mapRun, order: read.order, failure(rest))
            try driver.feed(input)
        default: throw GoldenError(line: line)
        }
    }

    private mutating func end(_ start: ChildStart) throws {
        guard !endings.isEmpty else { throw GoldenError(line: "no end for \(start.name)") }
        for step in endings.removeFirst() where driver.state.status == .running {
            let words = step.split(separator: " ", maxSplits: 1).map(String.init)
            let rest = words.count > 1 ? words[1] : ""
            switch words.first {
            case "ok":
                let output = rest.isEmpty ? Payload(text: start.input.text) : payload(rest)
                try close(start, .succeeded, output)
            case "failed": try close(start, .failed)
            case "timedOut": try close(start, .timedOut)
            case "aborted": try close(start, .aborted)
            case "stop": try driver.feed(.stop(failure(rest)))
            case "wait": try advance(Int64(rest) ?? 0)
            case "update":
                let update = MapRunUpdate(maxConcurrency: Int(rest))
                try driver.feed(.mapRunUpdated(mapRun: start.membership.child.mapRun, update))
            case "silent": break
            default: throw GoldenError(line: step)
            }
        }
    }

    private mutating func close(
        _ start: ChildStart,
        _ status: ExecutionStatus,
        _ output: Payload? = nil
    ) throws {
        let outcome = MapRunChildOutcome(status: status, output: output)
        try driver.feed(.childClosed(start.membership.child, outcome))
    }

    /// Lets time pass, with what becomes due in it.
    private mutating func advance(_ milliseconds: Int64) throws {
        driver.now = driver.now.advanced(byMilliseconds: milliseconds)
        while driver.state.status == .running, let timer = driver.state.earliestTimer,
            timer.due <= driver.now
        {
            try driver.feed(.timerFired(timer.ordinal))
        }
    }

    /// JSON text, or `big N`: a string of N bytes with its quotes.
    private func payload(_ text: String) -> Payload {
        guard text.hasPrefix("big "), let count = Int(text.dropFirst(4)) else {
            return Payload(text: Array(text.utf8))
        }
        return Payload(.string(String(repeating: "x", count: count - 2)))
    }

    private func failure(_ text: String) -> Failure {
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        return Failure(error: words.first, cause: words.count > 1 ? words[1] : nil)
    }
}
