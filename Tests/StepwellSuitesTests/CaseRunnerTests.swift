import StepwellEngine
import StepwellHistory
import Testing

@testable import StepwellSuites

/// Cases of executions, from the file to the verdict.
@Suite("Cases", .timeLimit(.minutes(10)))
struct CaseRunnerTests {
    @Test("a call without a response is a hole in the case, whatever becomes of its error")
    func unanswered() async throws {
        let definition = #"""
            {"StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                "Parameters": {},
                "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Done"}], "Next": "Done"},
              "Done": {"Type": "Succeed"}}}
            """#
        let results = try await SuiteSamples.run(
            """
            machine: m.asl.json
            cases:
            - {name: none, mocks: {Call: []}, expect: {status: FAILED, path: [Call]}}
            - {name: a later one, mocks: {Call: {"1": {return: {}}}}, expect: {status: FAILED}}
            - {name: not mocked, expect: {path: [Call, Done]}}
            - {name: mocked, mocks: {Call: [{throw: A}, {throw: B}]}, expect: {}}
            """,
            ["m.asl.json": definition]
        )
        let hole = "mocks: call 0 of 'Call' has no response"
        #expect(SuiteSamples.problems(results[0]) == ["t.test.yaml:3:35: \(hole)"])
        #expect(SuiteSamples.problems(results[1]) == ["t.test.yaml:4:59: \(hole)"])
        #expect(SuiteSamples.problems(results[2]) == ["t.test.yaml:5:22: \(hole)"])
        #expect(SuiteSamples.problems(results[3]) == [])
    }

    @Test("what holds is passed, what does not is told with its place")
    func verdicts() async throws {
        let results = try await SuiteSamples.run(
            """
            machine: orders.asl.json
            cases:
            - name: good
              input: {order: 17}
              mocks:
                Charge: [{throw: Busy, times: 2}, {return: {receipt: 7}, delay: 3s}]
              expect:
                output: {receipt: 7}
                path: [Charge, Route, Done]
                retries: {Charge: 2}
                visits: {Charge: 1, Long: 0}
                calls: {Charge: [{order: 17}, {order: 17}, {order: 17}]}
                variables: {receipt: 7}
                elapsed: 33s
                outputMatches: '{% receipt > 3 and $elapsed = 33 and $variables.receipt = 7 %}'
            - name: bad
              mocks:
                Charge: {return: {receipt: 8}}
              expect:
                output: {receipt: 9, more: 1}
                path: {contains: [Route, Charge], not: [Done]}
                elapsed: {min: 1s}
            - name: a year
              mocks:
                Charge: {return: {receipt: 101}}
              expect: {path: {exact: [Charge, Route, Long, Done]}, elapsed: 365d}
            - name: refused
              mocks:
                Charge: {throw: {error: Declined, cause: c}}
              expect: {error: Orders.Declined, cause: /no f.nds/}
            - name: not refused
              mocks:
                Charge: {throw: {error: Declined, cause: c}}
              expect: {}
            """
        )
        #expect(SuiteSamples.problems(results[0]) == [])
        #expect(
            SuiteSamples.problems(results[1]) == [
                "t.test.yaml:20:14: output.receipt: expected 9, got 8",
                "t.test.yaml:20:26: output.more: expected 1, it is missing",
                "t.test.yaml:21:30: path: 'Charge' was not entered after the preceding states",
                "t.test.yaml:21:45: path: 'Done' was entered",
                "t.test.yaml:22:15: elapsed: expected 1s at least, got 0s",
            ]
        )
        #expect(SuiteSamples.problems(results[2]) == [])
        #expect(SuiteSamples.problems(results[3]) == [])
        #expect(
            SuiteSamples.problems(results[4]) == [
                "t.test.yaml:34:3: status: expected SUCCEEDED, got FAILED "
                    + "(Orders.Declined: no funds)"
            ]
        )
    }

    @Test("a response that comes late times the task out, by the case's clock")
    func delayBeyondTimeout() async throws {
        let results = try await SuiteSamples.run(
            """
            machine: orders.asl.json
            cases:
            - name: late
              mocks: {Charge: {return: {receipt: 7}, delay: 31s}}
              expect: {status: FAILED, error: States.Timeout, elapsed: 30s}
            - name: in time
              mocks: {Charge: {return: {receipt: 7}, delay: 29s}}
              expect: {elapsed: 29s}
            """
        )
        #expect(results.flatMap(SuiteSamples.problems) == [])
    }

    @Test("delays of parallel tasks pass together, and Waits beside them")
    func delaysPassTogether() async throws {
        let definition = #"""
            {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemsPath": "$", "End": true,
              "ItemProcessor": {"StartAt": "T", "States": {
                "T": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "W"},
                "W": {"Type": "Wait", "Seconds": 5, "End": true}}}}}}
            """#
        let results = try await SuiteSamples.run(
            """
            machine: m.asl.json
            cases:
            - name: together
              input: [1, 2, 3, 4]
              mocks:
                T: [{return: 1, delay: 60}, {return: 2, delay: 10}, {return: 3, times: 2}]
              expect: {output: [1, 2, 3, 3], elapsed: 65s, visits: {T: 4, W: 4}}
            """,
            ["m.asl.json": definition]
        )
        #expect(results.flatMap(SuiteSamples.problems) == [])
    }

    @Test("a nested execution runs under the same case, and its Waits are skipped")
    func nestedExecutions() async throws {
        let parent = #"""
            {"StartAt": "Pay", "States": {"Pay": {"Type": "Task", "End": true,
              "TimeoutSeconds": 9999999,
              "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters": {
                "StateMachineArn": "arn:aws:states:eu-west-1:123456789012:stateMachine:payment",
                "Input.$": "$"}, "OutputPath": "$.Output"}}}
            """#
        let child = #"""
            {"StartAt": "Sleep", "States": {
              "Sleep": {"Type": "Wait", "Seconds": 86400, "Next": "Book"},
              "Book": {"Type": "Task", "End": true,
                "Resource": "arn:aws:states:::sqs:sendMessage"}}}
            """#
        let results = try await SuiteSamples.run(
            """
            machine: parent.asl.json
            machines: {payment: child.asl.json}
            cases:
            - name: paid
              input: {cents: 100}
              mocks: {payment/Book: {return: {booked: true}}}
              expect:
                output: {booked: true}
                elapsed: 1d
                calls: {payment/Book: 1}
            - name: refused
              mocks: {payment/Book: {throw: No}}
              expect: {status: FAILED, error: States.TaskFailed, cause: '/"Error":"No"/'}
            """,
            ["parent.asl.json": parent, "child.asl.json": child]
        )
        #expect(results.flatMap(SuiteSamples.problems) == [])
    }

    @Test("mocks stand for activities' workers; what waits for somebody outside is RUNNING")
    func activitiesAndTokens() async throws {
        let definition = #"""
            {"StartAt": "Pack", "States": {
              "Pack": {"Type": "Task", "Next": "Ask",
                "Resource": "arn:aws:states:us-east-1:000000000000:activity:pack",
                "Retry": [{"ErrorEquals": ["Torn"]}]},
              "Ask": {"Type": "Task",
                "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "Parameters": {"MessageBody.$": "$$.Task.Token"}, "End": true}}}
            """#
        let results = try await SuiteSamples.run(
            """
            machine: a.asl.json
            cases:
            - name: packed
              mocks: {Pack: [{throw: Torn}, {return: {box: 1}}], Ask: {return: yes, delay: 2h}}
              expect: {output: yes, retries: {Pack: 1}, elapsed: 2h1s}
            - name: nobody packs
              mocks: {Ask: {return: yes}}
              expect: {status: RUNNING, path: [Pack]}
            """,
            ["a.asl.json": definition]
        )
        #expect(results.flatMap(SuiteSamples.problems) == [])
    }

    @Test("a state alone is tried as TestState does it")
    func stateAlone() async throws {
        let results = try await SuiteSamples.run(
            """
            machine: orders.asl.json
            cases:
            - name: rule
              state: Route
              input: {receipt: 500}
              expect: {next: Long, output: {receipt: 500}}
            - name: retriable
              state: Charge
              mock: {throw: Busy}
              retryCount: 1
              expect: {status: RETRIABLE, error: Busy}
            - name: caught
              state: Charge
              mock: {throw: Declined}
              expect: {status: CAUGHT_ERROR, next: Refuse}
            - name: wrong
              state: Charge
              mock: {return: {receipt: 3}}
              expect: {next: Long}
            """
        )
        #expect(results.prefix(3).flatMap(SuiteSamples.problems) == [])
        #expect(
            SuiteSamples.problems(results[3]) == [
                "t.test.yaml:19:12: next: expected 'Long', got 'Route'"
            ]
        )
    }

    @Test("a seed repeats what is random")
    func seeds() async throws {
        let definition = #"""
            {"StartAt": "R", "QueryLanguage": "JSONata", "States": {
              "R": {"Type": "Pass", "End": true, "Output": "{% [$uuid(), $random()] %}"}}}
            """#
        func output(_ seed: Int) async throws -> String? {
            let results = try await SuiteSamples.run(
                "machine: r.asl.json\nseed: \(seed)\ncases: [{name: r}]",
                ["r.asl.json": definition]
            )
            return results.first?.outcome?.output?.string
        }
        let first = try await output(1)
        #expect(first != nil)
        #expect(try await output(1) == first)
        #expect(try await output(2) != first)
    }

    @Test("coverage names what no case came to")
    func coverage() async throws {
        let text = """
            machine: orders.asl.json
            cases:
            - name: one
              mocks: {Charge: {return: {receipt: 7}}}
            """
        let suite = try SuiteSamples.suite(text)
        let results = try await SuiteSamples.run(text)
        let coverage = Coverage(of: suite.machine, by: results, cases: suite.cases)
        #expect(
            coverage.missed.map(\.name) == [
                "Charge.Catch[0] → Refuse", "Route.Choices[0] → Long", "Route.Default → Done",
                "Long",
                "Refuse",
            ]
        )
        let report = SuiteReport(file: "t.test.yaml", results: results, coverage: [coverage])
        let junit = JUnitReport.text([report])
        #expect(junit.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""))
    }
}
