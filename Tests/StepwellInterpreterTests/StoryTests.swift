import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellLanguage
import StepwellReplay
import Testing

/// A story says at every record what the execution is, and keeps its books.
@Suite("Stories and pictures")
struct StoryTests {
    @Test("every record of a golden history has a picture", arguments: GoldenFile.all)
    func everyRecord(golden: GoldenCase) throws {
        let driver = try GoldenRun(golden).driver
        var story = ExecutionStory(
            execution: driver.state.execution,
            definition: driver.state.definition
        )
        var pictures: [String] = []
        for turn in try driver.decodedTurns() {
            for record in turn.records {
                story.apply(record, at: turn.time)
                try Self.check(story)
                let picture = try #require(story.picture(), "record \(record.ordinal.rawValue)")
                #expect(picture.place.record == record.ordinal.rawValue)
                pictures.append(JSONWriter.string(.object(picture.json)))
            }
        }
        #expect(story.events.count == driver.events.count)
        if story.state.status != .running { #expect(!story.visits.contains { $0.isOpen }) }
        for event in driver.events { Self.check(event, of: story) }
        #expect(try Self.pictures(of: driver) == pictures)
    }

    /// The pictures of a second fold, each by a copy that goes no further.
    private static func pictures(of driver: Driver) throws -> [String] {
        var pictures: [String] = []
        var story = ExecutionStory(
            execution: driver.state.execution,
            definition: driver.state.definition
        )
        for turn in try driver.decodedTurns() {
            for record in turn.records {
                var copy = story
                copy.apply(turn, upTo: record.ordinal)
                pictures.append(JSONWriter.string(.object(copy.picture()?.json ?? JSONObject())))
            }
            story.apply(turn)
        }
        return pictures
    }

    /// What is counted is what is there, and every branch in a state is in a visit to it.
    private static func check(_ story: ExecutionStory) throws {
        for (place, tally) in story.tallies.enumerated() {
            let visits = story.visits.filter { $0.state.value == place }
            #expect(tally.entered == visits.count)
            for status in VisitStatus.allCases {
                #expect(tally.count(status) == visits.count { $0.status == status })
            }
            #expect(tally.retrying == visits.count { $0.isBackingOff })
        }
        let state = story.state
        // Between a redrive's input and its event nothing has been taken up again.
        let isRunning = state.status == .running && state.stopTime == nil
        for branch in state.branches.sorted where isRunning {
            let visit = story.openVisit(in: branch.id)
            switch branch.phase {
            case .entering, .ended, .aborted: continue
            // Its failure may have gone up already.
            case .failed where visit == nil: continue
            default: break
            }
            #expect(visit?.enteredEventID == branch.enteredEventID, "\(branch.phase)")
        }
        for entry in StateStatuses(of: story).entries {
            guard let children = entry.children else { continue }
            let ended = children.succeeded + children.failed
            #expect(children.running >= 0 && children.running + ended <= children.count)
        }
    }

    private static func check(_ event: HistoryEvent, of story: ExecutionStory) {
        let owner = story.owner(of: event.id)?.state
        switch event.body {
        case .stateEntered(_, let details): #expect(owner == details.name)
        case .stateExited(_, let details): #expect(owner == details.name)
        default: break
        }
    }

    @Test("a retry, a wait and a callback say what they wait for and since when")
    func waits() throws {
        var driver = try Driver(Self.machine)
        try driver.start(#"{"n": 1}"#)
        let start = driver.now
        let first = try driver.takeTask()
        driver.now = start.advanced(byMilliseconds: 250)
        try driver.feed(.taskFailed(first.ordinal, Failure(error: "Flaky", cause: "no")))
        var waiting = try Self.rootWait(of: driver)
        #expect(waiting.kind == .retry)
        #expect(waiting.since == start.advanced(byMilliseconds: 250))
        #expect(waiting.until == start.advanced(byMilliseconds: 5_250))
        #expect(waiting.error == "Flaky")
        let retries = try #require(try driver.picture().branches.first?.retries)
        #expect(retries.map(\.attempt) == [1])
        #expect(retries.map(\.errorEquals) == [["Flaky"]])
        try driver.fireTimer()
        let second = try driver.takeTask()
        waiting = try Self.rootWait(of: driver)
        #expect(waiting.kind == .token)
        #expect(waiting.since == start.advanced(byMilliseconds: 5_250))
        #expect(waiting.timeout == start.advanced(byMilliseconds: 65_250))
        #expect(waiting.token.flatMap(TaskToken.init(text:))?.ordinal == second.ordinal)
        let result = Payload(text: Array(#"{"at": 1}"#.utf8))
        try driver.feed(.taskSucceeded(second.ordinal, output: result))
        waiting = try Self.rootWait(of: driver)
        #expect(waiting.kind == .timer)
        #expect(waiting.until == start.advanced(byMilliseconds: 15_250))
    }

    private static let machine = """
        {"StartAt": "Ask", "States": {
          "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Parameters": {"QueueUrl": "q", "MessageBody": {"t.$": "$$.Task.Token"}},
            "TimeoutSeconds": 60,
            "Retry": [{"ErrorEquals": ["Flaky"], "IntervalSeconds": 5}], "Next": "Rest"},
          "Rest": {"Type": "Wait", "Seconds": 10, "End": true}}}
        """

    private static func rootWait(of driver: Driver) throws -> BranchWait {
        try #require(try driver.picture().branches.first?.waitingFor)
    }

    @Test("branches and iterations hang below the states that run them")
    func tree() throws {
        var driver = try Driver(Self.nested)
        try driver.start(#"{"items": [1, 2, 3]}"#)
        let picture = try driver.picture()
        let children = try #require(picture.branches.first?.children)
        #expect(picture.branches.first?.waitingFor?.kind == .children)
        #expect((children.count, children.running, children.pending) == (3, 2, 1))
        #expect(children.branches.map(\.path) == ["Each[0]", "Each[1]"])
        let inner = try #require(children.branches.first?.children)
        #expect(inner.branches.map(\.path) == ["Each[0]/Both[0]", "Each[0]/Both[1]"])
        #expect(inner.branches.map(\.state) == ["A", "B"])
        let statuses = StateStatuses(of: try driver.story()).entries
        #expect(statuses.first { $0.name == "Each" }?.children?.count == 3)
        var request = PictureRequest()
        request.limit = 1
        let cut = try #require(try driver.story().picture(request)?.branches.first?.children)
        #expect((cut.branches.count, cut.next) == (1, 0))
        request.branch = .root
        request.after = 0
        let rest = try #require(try driver.story().picture(request)?.branches.first?.children)
        #expect(rest.branches.map(\.path) == ["Each[1]"])
        #expect(rest.next == nil)
    }

    private static let nested = """
        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "ItemsPath": "$.items",
          "MaxConcurrency": 2, "End": true, "ItemProcessor": {"StartAt": "Both", "States": {
          "Both": {"Type": "Parallel", "End": true, "Branches": [
            {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 5, "End": true}}},
            {"StartAt": "B", "States": {"B": {"Type": "Wait", "Seconds": 9, "End": true}}}
          ]}}}}}}
        """
}

extension StateVisit {
    fileprivate var isOpen: Bool { status == .running }
}

extension Driver {
    /// The turns as the log holds them.
    func decodedTurns() throws -> [Turn] {
        var texts: [PayloadLocation: [UInt8]] = [:]
        return try turns.map { bytes in
            let turn = try TurnCodec.decode(bytes) { texts[$0] }
            for payload in turn.records.flatMap(\.payloads) {
                if let location = payload.location { texts[location] = payload.text }
            }
            return turn
        }
    }

    /// The story of the execution so far.
    func story() throws -> ExecutionStory {
        var story = ExecutionStory(execution: state.execution, definition: state.definition)
        for turn in try decodedTurns() { story.apply(turn) }
        return story
    }

    /// The picture of the execution as it is.
    func picture() throws -> ExecutionPicture { try #require(try story().picture()) }

    /// Fires the timer that is due first.
    mutating func fireTimer() throws {
        let timer = try #require(state.earliestTimer)
        now = max(now, timer.due)
        try feed(.timerFired(timer.ordinal))
    }
}
