import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import Synchronization
import Testing

@Suite("Retry, Catch, timeouts and stops")
struct ErrorHandlingTests {
    static func task(
        _ fields: String,
        resource: String = "arn:aws:states:::sqs:sendMessage"
    ) -> String {
        guard fields.contains("Rescue") else {
            return """
                {"StartAt": "Work", "States": {
                  "Work": {"Type": "Task", "Resource": "\(resource)", \(fields) "End": true}}}
                """
        }
        return """
            {"StartAt": "Work", "States": {
              "Work": {"Type": "Task", "Resource": "\(resource)", \(fields) "End": true},
              "Rescue": {"Type": "Pass", "End": true}}}
            """
    }

    @Test("delays grow by BackoffRate up to MaxDelaySeconds; each retrier counts for itself")
    func backoff() throws {
        var driver = try Driver(
            Self.task(
                """
                "Retry": [
                  {"ErrorEquals": ["A"], "IntervalSeconds": 1, "BackoffRate": 3,
                   "MaxAttempts": 3, "MaxDelaySeconds": 5},
                  {"ErrorEquals": ["B"], "IntervalSeconds": 7, "MaxAttempts": 1}],
                "Catch": [{
                    "ErrorEquals": ["States.ALL"], "Next": "Rescue", "ResultPath": "$.error"}],
                """
            )
        )
        try driver.start(#"{"x":1}"#)
        var errors = ["A", "B", "A", "A", "B"].makeIterator()
        try driver.run { .taskFailed($0.ordinal, Failure(error: errors.next() ?? "?", cause: "c")) }
        let delays = driver.records.compactMap { record -> Int64? in
            if case .engine(.retryScheduled(_, _, let delay, _)) = record.body {
                delay
            } else {
                nil
            }
        }
        #expect(delays == [1000, 7000, 3000, 5000])
        #expect(driver.state.status == .succeeded)
        #expect(driver.state.output?.string == #"{"x":1,"error":{"Error":"B","Cause":"c"}}"#)
        #expect(try driver.replayed() == nil)
    }

    @Test(
        "seconds out of the input: those of tasks are held to what literal ones may be (ASL)",
        arguments: [
            ("SecondsPath", "2147483647", true), ("SecondsPath", "\"100000000\"", true),
            ("SecondsPath", "-1", false), ("SecondsPath", "1.5", false),
            ("SecondsPath", "1.0", false),
            ("TimeoutSecondsPath", "99999999", true), ("TimeoutSecondsPath", "100000000", false),
            ("TimeoutSecondsPath", "\"9\"", true), ("TimeoutSecondsPath", "9.5", false),
            ("HeartbeatSecondsPath", "99999999", true),
            ("HeartbeatSecondsPath", "100000000", false),
        ]
    )
    func secondsPaths(_ field: String, _ value: String, _ isTaken: Bool) throws {
        let definition =
            field == "SecondsPath"
            ? #"{"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.n","End":true}}}"#
            : Self.task("\"\(field)\": \"$.n\",")
        var driver = try Driver(definition)
        try driver.start("{\"n\":\(value)}")
        #expect(driver.state.status == (isTaken ? .running : .failed))
        if !isTaken {
            #expect(driver.state.failure?.error == "States.Runtime")
            #expect(driver.state.failure?.cause?.contains(value) == true)
        }
    }

    @Test("a wait that is too long, and a timeout of no seconds, fail as AWS words it")
    func unusableSeconds() throws {
        var driver = try Driver(
            #"{"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.n","End":true}}}"#
        )
        try driver.start(#"{"n":2147483648}"#)
        #expect(driver.state.failure?.error == "States.Runtime")
        #expect(driver.state.failure?.cause?.hasSuffix("Wait state delay is too long.") == true)
        driver = try Driver(Self.task(#""TimeoutSecondsPath": "$.n","#))
        try driver.start(#"{"n":0}"#)
        let cause = driver.state.failure?.cause
        #expect(cause?.hasSuffix("field TimeoutSeconds must be positive") == true)
    }

    @Test("a heartbeat out of the input has to be within the timeout (ASL, Task State)")
    func heartbeatWithinTimeout() throws {
        var driver = try Driver(Self.task(#""TimeoutSeconds": 5, "HeartbeatSecondsPath": "$.n","#))
        try driver.start(#"{"n":5}"#)
        #expect(driver.state.failure?.error == "States.Runtime")
        #expect(driver.state.failure?.cause?.contains("HeartbeatSeconds (5)") == true)
        var within = try Driver(Self.task(#""TimeoutSeconds": 5, "HeartbeatSecondsPath": "$.n","#))
        try within.start(#"{"n":4}"#)
        #expect(within.state.status == .running)
    }

    @Test("a task that answers in time is not timed out; one that does not is cancelled")
    func timeout() throws {
        var driver = try Driver(Self.task(#""TimeoutSeconds": 30,"#))
        try driver.start("{}")
        _ = try driver.takeTask()
        try driver.run()
        #expect(driver.state.status == .failed)
        #expect(driver.state.failure == Failure(error: "States.Timeout", cause: nil))
        #expect(driver.eventTypes.suffix(2) == ["TaskTimedOut", "ExecutionFailed"])
        #expect(driver.effects.contains { if case .cancel = $0 { true } else { false } })
        #expect(try driver.replayed() == nil)
    }

    @Test("a task of .sync has a token; in older revisions it has none")
    func tokensOfJobs() throws {
        let definition = Self.task(
            #""Parameters": {"token.$": "$$.Task.Token"},"#,
            resource: "arn:aws:states:::batch:submitJob.sync"
        )
        var driver = try Driver(definition)
        try driver.start("{}")
        let task = try driver.takeTask()
        #expect(task.tokenSecret?.count == 16)
        #expect(try task.parameters.value()["token"]?.stringValue?.isEmpty == false)
        #expect(try driver.replayed() == nil)
        var older = try Driver(definition)
        try older.start("{}", semantics: 6)
        #expect(older.state.failure?.error == "States.Runtime")
        #expect(try older.replayed() == nil)
    }

    @Test("heartbeats keep a task alive; a missed one is States.HeartbeatTimeout to catchers")
    func heartbeat() throws {
        var driver = try Driver(
            Self.task(
                """
                "HeartbeatSeconds": 10, "Catch":
                  [{"ErrorEquals": ["States.HeartbeatTimeout"], "Next": "Rescue"}],
                """,
                resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
            )
        )
        try driver.start("{}")
        let task = try driver.takeTask()
        #expect(task.tokenSecret?.count == 16)
        try driver.feed(.taskSubmitted(task.ordinal, output: Payload(text: Array("{}".utf8))))
        for _ in 0..<3 {
            driver.now = driver.now.advanced(byMilliseconds: 8000)
            try driver.feed(.taskHeartbeat(task.ordinal))
            while let timer = driver.state.earliestTimer, timer.due <= driver.now {
                try driver.feed(.timerFired(timer.ordinal))
            }
            #expect(driver.state.task(scheduledAt: task.ordinal) != nil)
        }
        try driver.run()
        #expect(driver.state.output?.string == #"{"Error":"States.Timeout","Cause":""}"#)
        #expect(driver.eventTypes.contains("TaskTimedOut"))
        #expect(
            try driver.feed(.taskSucceeded(task.ordinal, output: Payload(text: Array("1".utf8))))
                == .refused(.notRunning)
        )
        #expect(try driver.replayed() == nil)
    }

    @Test("a late or second result is refused and records nothing")
    func secondResult() throws {
        var driver = try Driver(
            """
            {"StartAt": "Work", "States": {
              "Work": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "W"},
              "W": {"Type": "Wait", "Seconds": 5, "End": true}}}
            """
        )
        try driver.start("{}")
        let task = try driver.takeTask()
        let result = Input.taskSucceeded(task.ordinal, output: Payload(text: Array("1".utf8)))
        #expect(try driver.feed(result) == .accepted)
        let records = driver.records.count
        #expect(try driver.feed(result) == .refused(.noSuchTask))
        #expect(driver.records.count == records)
    }

    @Test("StopExecution and the machine's TimeoutSeconds")
    func endings() throws {
        let machine = """
            {"TimeoutSeconds": 60, "StartAt": "W", "States": {
              "W": {"Type": "Wait", "Seconds": 3600, "End": true}}}
            """
        var stopped = try Driver(machine)
        try stopped.start("{}")
        try stopped.feed(.stop(Failure(error: "E", cause: "C")))
        #expect(stopped.state.status == .aborted)
        #expect(
            stopped.eventTypes == ["ExecutionStarted", "WaitStateEntered W", "ExecutionAborted"]
        )
        #expect(stopped.events.last?.previousEventID == 0)
        #expect(stopped.state.summary.nextDue == nil)
        #expect(try stopped.replayed() == nil)

        var timedOut = try Driver(machine)
        try timedOut.start("{}")
        try timedOut.run()
        #expect(timedOut.state.status == .timedOut)
        #expect(timedOut.eventTypes.last == "ExecutionTimedOut")
        #expect(try timedOut.replayed() == nil)
    }

    @Test("a failing branch aborts its siblings' work")
    func parallelFailure() throws {
        var driver = try Driver(
            """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                "Resource": "arn:aws:states:::sqs:sendMessage"}}},
              {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 100, "End": true}}},
              {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Bad"}}}]}}}
            """
        )
        try driver.start("{}")
        #expect(driver.state.status == .failed)
        #expect(
            driver.eventTypes == [
                "ExecutionStarted", "ParallelStateEntered P", "ParallelStateStarted",
                "TaskStateEntered T", "WaitStateEntered W", "FailStateEntered F", "TaskScheduled",
                "TaskStarted", "TaskStateAborted", "WaitStateAborted", "ParallelStateFailed",
                "ExecutionFailed",
            ]
        )
        #expect(try driver.replayed() == nil)
    }

    @Test("a Map runs at most MaxConcurrency iterations, and its items in order")
    func mapConcurrency() throws {
        var driver = try Driver(
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 2, "End": true,
              "ItemProcessor": {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                "Resource": "arn:aws:states:::sqs:sendMessage"}}}}}}
            """
        )
        try driver.start("[10,20,30,40,50]")
        var open: [TaskDispatch] = []
        var most = 0
        while driver.state.status == .running {
            while let task = driver.nextTask() { open.append(task) }
            most = max(most, open.count)
            let task = open.removeLast()
            try driver.feed(.taskSucceeded(task.ordinal, output: task.parameters))
        }
        #expect(most == 2)
        #expect(driver.state.output?.string == "[10,20,30,40,50]")
        #expect(try driver.replayed() == nil)
    }

    @Test("a turn ends at its budget and goes on where it was; the log is the same")
    func budget() throws {
        let machine = """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
              "StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"},
              "B": {"Type": "Pass", "End": true}}}}}}
            """
        let items = "[" + (0..<200).map(String.init).joined(separator: ",") + "]"
        var whole = try Driver(machine)
        whole.budget = .unlimited
        try whole.start(items)
        var sliced = try Driver(machine)
        sliced.budget = TurnBudget(records: 16, bytes: .max)
        try sliced.start(items)
        #expect(whole.turns.count == 1)
        #expect(sliced.turns.count > 50)
        #expect(whole.eventTypes == sliced.eventTypes)
        #expect(whole.state.output == sliced.state.output)
        #expect(try sliced.replayed() == nil)
    }

    @Test("the history quota ends the execution")
    func historyQuota() throws {
        var driver = try Driver(
            """
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"},
              "B": {"Type": "Choice", "Default": "A", "Choices":
                [{"Variable": "$.never", "IsPresent": true, "Next": "C"}]},
              "C": {"Type": "Succeed"}}}
            """
        )
        try driver.start("{}", limits: LimitsProfile(historyEvents: 500))
        #expect(driver.state.status == .failed)
        #expect(driver.events.count == 500)
        #expect(driver.events.last?.id == 500)
        #expect(try driver.replayed() == nil)
    }

    @Test("an activity that does not exist fails the execution")
    func absentActivity() throws {
        let arn = "arn:aws:states:us-east-1:123456789012:activity:gone"
        var driver = try Driver(Self.task("", resource: arn))
        driver.activityExists = { _ in false }
        try driver.start("{}")
        #expect(
            driver.state.failure?.cause?.hasSuffix("The activity \(arn) does not exist.") == true
        )
        #expect(try driver.replayed() == nil)
    }

    @Test("an activity that goes while a turn is made is there to its end, as for a replay")
    func vanishingActivity() throws {
        let arn = "arn:aws:states:us-east-1:123456789012:activity:going"
        let questions = Mutex(0)
        var driver = try Driver(Self.task("", resource: arn))
        driver.activityExists = { _ in
            questions.withLock { count in
                count += 1
                return count == 1
            }
        }
        try driver.start("{}")
        #expect(driver.events.last?.body.type == .activityScheduled)
        #expect(questions.withLock { $0 } == 1)
        #expect(try driver.replayed() == nil)
    }

    @Test("an activity is started by its worker and may be handed out again after a crash")
    func activity() throws {
        let arn = "arn:aws:states:us-east-1:123456789012:activity:pack"
        var driver = try Driver(Self.task(#""TimeoutSeconds": 9, "#, resource: arn))
        try driver.start("{}")
        let task = try driver.takeTask()
        #expect(driver.state.earliestTimer == nil)
        try driver.feed(.taskStarted(task.ordinal, workerName: "w1"))
        #expect(driver.state.earliestTimer != nil)
        #expect(driver.state.outstandingEffects().count == 1)
        try driver.feed(.taskStarted(task.ordinal, workerName: "w2"))
        #expect(driver.state.task(scheduledAt: task.ordinal)?.deliveries == 2)
        try driver.feed(.taskSucceeded(task.ordinal, output: Payload(text: Array("5".utf8))))
        #expect(
            driver.eventTypes == [
                "ExecutionStarted", "TaskStateEntered Work", "ActivityScheduled", "ActivityStarted",
                "ActivitySucceeded", "TaskStateExited Work", "ExecutionSucceeded",
            ]
        )
        #expect(try driver.replayed() == nil)
    }

    /// Recorded: `error_handling`, a function's response beyond the quota.
    @Test("a result beyond the payload quota is the task's failure, and States.ALL catches it")
    func resultQuota() throws {
        var driver = try Driver(
            Self.task(
                #""Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Rescue"}],"#,
                resource: "arn:aws:lambda:us-east-1:123456789012:function:large"
            )
        )
        try driver.start("{}")
        let text = "\"" + String(repeating: "x", count: 262_143) + "\""
        try driver.run { .taskSucceeded($0.ordinal, output: Payload(text: Array(text.utf8))) }
        #expect(driver.state.status == .succeeded)
        #expect(driver.eventTypes.contains("LambdaFunctionFailed"))
        #expect(driver.state.output?.string.contains("States.DataLimitExceeded") == true)
        #expect(try driver.replayed() == nil)
    }

    @Test("a state's output beyond the quota ends the execution whatever its catchers say")
    func outputQuota() throws {
        var driver = try Driver(
            """
            {"StartAt": "Work", "States": {
              "Work": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                "ResultPath": "$.copy", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "R"}],
                "Next": "R"},
              "R": {"Type": "Pass", "End": true}}}
            """
        )
        try driver.start(#"{"a":""# + String(repeating: "x", count: 200_000) + #""}"#)
        try driver.run()
        #expect(driver.state.status == .failed)
        #expect(driver.state.failure?.error == "States.DataLimitExceeded")
        #expect(try driver.replayed() == nil)
    }
}
