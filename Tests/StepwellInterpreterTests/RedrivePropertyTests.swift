import StepwellHistory
import StepwellInterpreter
import StepwellReplay
import Testing

/// Executions that fail, time out and are stopped wherever they stand, and are redriven until
/// nothing disturbs them any more.
@Suite("Redriving at any place")
struct RedrivePropertyTests {
    /// Every kind of state around every other; what tasks do is said by their parameters alone.
    private static let definition = #"""
        {"StartAt":"First","TimeoutSeconds":1000000,"States":{
         "First":{"Type":"Pass","Assign":{"kept.$":"$.n"},"Next":"Outer"},
         "Outer":{"Type":"Parallel","ResultPath":"$.outer","Next":"Rest",
          "Retry":[{"ErrorEquals":["Outer"],"IntervalSeconds":1,"MaxAttempts":1}],"Branches":[
          {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemsPath":"$.items",
            "MaxConcurrency":2,"End":true,
            "Retry":[{"ErrorEquals":["Each"],"IntervalSeconds":2,"MaxAttempts":1}],
            "ItemProcessor":{"StartAt":"Pair","States":{
             "Pair":{"Type":"Parallel","Next":"Sum","Branches":[
              {"StartAt":"L","States":{"L":{"Type":"Task","Resource":"l","Next":"LP"},
               "LP":{"Type":"Pass","Next":"LW"},"LW":{"Type":"Wait","Seconds":1,"End":true}}},
              {"StartAt":"R","States":{"R":{"Type":"Task","Resource":"r","End":true,
               "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"MaxAttempts":1}]}}}]},
             "Sum":{"Type":"Choice","Choices":[{"Variable":"$[0]","IsPresent":true,"Next":"T"}],
              "Default":"T"},
             "T":{"Type":"Task","Resource":"t","End":true}}}}}},
          {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3,"Next":"WT"},
            "WT":{"Type":"Task","Resource":"wt","Parameters":{"kept.$":"$kept"},
             "TimeoutSeconds":50,"Next":"Done"},"Done":{"Type":"Succeed"}}},
          {"StartAt":"P","States":{"P":{"Type":"Pass","Result":"p","End":true}}}]},
         "Rest":{"Type":"Map","ItemsPath":"$.items","ResultPath":"$.rest","End":true,
          "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}}}}
        """#
    private static let input = #"{"n":7,"items":[1,2,3,4]}"#

    @Test("the output is that of an execution that nothing disturbed", arguments: 1...300)
    func output(_ seed: UInt64) throws {
        var quiet = try Driver(Self.definition)
        try quiet.start(Self.input)
        try quiet.run { task in
            let output = Payload(text: Array("[\"\(task.stateName)\"]".utf8))
            return .taskSucceeded(task.ordinal, output: output)
        }
        #expect(quiet.state.status == .succeeded)

        var run = try DisturbedRun(Self.definition, seed: seed)
        try run.run(Self.input)
        #expect(run.driver.state.status == .succeeded)
        #expect(run.driver.state.output?.text == quiet.state.output?.text)
        #expect(run.driver.state.redriveCount == run.redrives)
        #expect(run.redrives > 0)
        #expect(try run.driver.replayed() == nil)
        #expect(try run.driver.isSameWhenRead())
        let ids = run.driver.events.map(\.id)
        #expect(ids == Array(1...EventID(ids.count)))
        // What succeeded in an attempt is not done again in the next, but by a retry.
        #expect(run.driver.events.allSatisfy { $0.previousEventID < $0.id })
    }
}

/// A run whose tasks fail, whose time stands still or whose end is ordered, now and then.
private struct DisturbedRun {
    private(set) var driver: Driver
    private(set) var redrives = 0
    private var random: RandomStream
    private var open: [TaskDispatch] = []
    /// How often it is still disturbed.
    private var disturbances = 12

    init(_ definition: String, seed: UInt64) throws {
        driver = try Driver(definition)
        random = RandomStream(seed: [UInt8(truncatingIfNeeded: seed), UInt8(seed >> 8)])
        driver.budget = TurnBudget(records: Int(random.word() % 7) + 2, bytes: 100_000)
        driver.continues = false
    }

    mutating func run(_ input: String) throws {
        try driver.start(input)
        for _ in 0..<20_000 {
            while let task = driver.nextTask() { open.append(task) }
            switch driver.state.status {
            case .succeeded: return
            case .running: try go()
            case .failed, .timedOut, .aborted: try redrive()
            }
        }
        Issue.record("the run does not come to its end")
    }

    private mutating func redrive() throws {
        open = []
        driver.now = driver.now.advanced(byMilliseconds: Int64(random.word() % 5_000))
        let outcome = try driver.feed(.redrive(clientToken: "token \(redrives)"))
        #expect(outcome == .accepted)
        redrives += 1
    }

    private mutating func go() throws {
        if disturbances > 0, random.word() % 24 == 0 {
            disturbances -= 1
            let failure = Failure(error: "Halt")
            try driver.feed(.stop(failure))
        } else if driver.state.summary.isRunnable {
            try driver.feed(.continueTurn)
        } else if !open.isEmpty {
            try answer(open.remove(at: Int(random.word() % UInt64(open.count))))
        } else if let timer = driver.state.earliestTimer {
            driver.now = max(driver.now, timer.due)
            try driver.feed(.timerFired(timer.ordinal))
        } else {
            Issue.record("nothing can happen any more")
        }
    }

    private mutating func answer(_ task: TaskDispatch) throws {
        guard disturbances > 0, random.word() % 3 == 0 else {
            let output = Payload(text: Array("[\"\(task.stateName)\"]".utf8))
            _ = try driver.feed(.taskSucceeded(task.ordinal, output: output))
            return
        }
        disturbances -= 1
        let names = ["Outer", "Each", "Else"]
        let failure = Failure(error: names[Int(random.word() % 3)])
        _ = try driver.feed(.taskFailed(task.ordinal, failure))
    }
}

extension Driver {
    /// Whether the state that a snapshot holds is the state, after every record.
    fileprivate func isSameWhenRead() throws -> Bool {
        var applied = ExecutionState(execution: state.execution, definition: state.definition)
        var texts: [PayloadLocation: [UInt8]] = [:]
        for payload in records.flatMap(\.payloads) {
            if let location = payload.location { texts[location] = payload.text }
        }
        for bytes in turns {
            let turn = try TurnCodec.decode(bytes) { texts[$0] }
            for record in turn.records { applied.apply(record, at: turn.time) }
            var writer = ByteWriter()
            applied.encodeSnapshot(into: &writer)
            var reader = ByteReader(writer.bytes)
            applied = try ExecutionState(snapshot: &reader, definition: state.definition)
            guard reader.isAtEnd else { return false }
        }
        var final = ByteWriter()
        applied.encodeSnapshot(into: &final)
        var expected = ByteWriter()
        state.encodeSnapshot(into: &expected)
        return final.bytes == expected.bytes
    }
}
