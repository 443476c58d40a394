import StepwellIntegrations
import Testing

@testable import StepwellSuites

/// What is wrong with test files is told with its place.
@Suite("Test files")
struct SuiteReaderTests {
    private func problems(
        _ yaml: String,
        _ files: [String: String] = ["orders.asl.json": SuiteSamples.orders]
    ) throws -> [String] {
        do {
            _ = try SuiteSamples.suite(yaml, files)
            return []
        } catch let error as SettingsProblems {
            return error.problems.map(\.description)
        }
    }

    @Test(
        "problems",
        arguments: [
            ("machine: orders.asl.json", "t.test.yaml:1:1: 'cases' is missing here"),
            (
                "machine: orders.asl.json\ncases: [{name: a, imput: 1}]",
                "t.test.yaml:2:19: 'imput' is not known here; did you mean 'input'?"
            ),
            (
                "machine: orders.asl.json\ncases: [{name: a, mocks: {Charg: {return: 1}}}]",
                "t.test.yaml:2:27: there is no state 'Charg'; did you mean 'Charge'?"
            ),
            (
                "machine: orders.asl.json\ncases: [{name: a, mocks: {Route: {return: 1}}}]",
                "t.test.yaml:2:27: 'Route' is not a Task state: there is nothing to mock"
            ),
            (
                "machine: orders.asl.json\ncases: [{name: a, mocks: {Charge: {retrun: 1}}}]",
                "t.test.yaml:2:36: 'retrun' is not known here; did you mean 'return'?"
            ),
            (
                "machine: orders.asl.json\ncases: [{name: a, mocks: {Charge: {delay: 1}}}]",
                "t.test.yaml:2:27: a response has either 'return' or 'throw'"
            ),
            (
                "machine: orders.asl.json\ncases: [{name: a, expect: {path: [Charge, Dine]}}]",
                "t.test.yaml:2:43: there is no state 'Dine'; did you mean 'Done'?"
            ),
            (
                "machine: orders.asl.json\ncases: [{name: a, expect: {elapsed: 3 years}}]",
                "t.test.yaml:2:28: a time such as 90s or 365d is expected here"
            ),
            (
                "machine: orders.asl.json\ncases: [{name: a, testCase: T}]",
                "t.test.yaml:2:19: 'testCase' needs a 'mockFile'"
            ),
            (
                "machine: orders.asl.json\ncases: [{name: a, expect: {next: Done}}]",
                "t.test.yaml:2:28: 'next' is for cases of one 'state'"
            ),
            (
                "machine: orders.asl.json\ncases: [{name: a}, {name: a}]",
                "t.test.yaml:2:21: another case is called 'a'"
            ),
            (
                "machine: orders.asl.json\n"
                    + "cases: [{name: a, state: Charge, mock: {return: 1, delay: 1}}]",
                "t.test.yaml:2:52: a state alone has one response, at once"
            ),
            ("machine: orders.asl.json\ncases: []", "t.test.yaml:2:1: there is no case"),
            (
                "machine: orders.asl.json\nstart: yesterday\ncases: [{name: a}]",
                "t.test.yaml:2:1: a time such as 2026-01-01T00:00:00Z is expected here"
            ),
        ]
    )
    func problem(_ yaml: String, _ expected: String) throws {
        #expect(try problems(yaml) == [expected])
    }

    @Test(
        "responses of activities cannot be delayed",
        arguments: [
            ("mocks: {Pack: [{return: 1}, {return: 2, delay: 1s}]}", 27),
            ("testCase: Slow", 19),
        ]
    )
    func delayedActivity(_ said: String, _ column: Int) throws {
        let arn = "arn:aws:states:us-east-1:000000000000:activity:pack"
        let definition = #"""
            {"StartAt": "Pack", "States": {"Pack": {"Type": "Task", "Resource": "\#(arn)",
              "End": true}}}
            """#
        let mocks = #"""
            {"StateMachines": {"pack": {"TestCases": {"Slow": {"Pack": "R"}}}},
             "MockedResponses": {"R": {"0": {"Return": 1, "Delay": 5}}}}
            """#
        let yaml = "machine: pack.asl.json\nmockFile: mocks.json\ncases: [{name: a, \(said)}]"
        let found = try problems(yaml, ["pack.asl.json": definition, "mocks.json": mocks])
        #expect(
            found == [
                "t.test.yaml:3:\(column): "
                    + "the responses of an activity cannot be delayed, and 'Pack' is one"
            ]
        )
    }

    @Test("a mock file's test case stands behind a case's own mocks")
    func mockFile() async throws {
        let mocks = #"""
            {"StateMachines": {"orders": {"TestCases": {"Paid": {"Charge": "R"}}}},
             "MockedResponses": {"R": {"0": {"Throw": {"Error": "Busy", "Cause": "c"}, "Delay": 5},
               "1": {"Return": {"StatusCode": 200, "Payload": {"receipt": 7}}}}}}
            """#
        let results = try await SuiteSamples.run(
            """
            machine: orders.asl.json
            mockFile: mocks.json
            cases:
            - name: file
              testCase: Paid
              expect: {output: {receipt: 7}, elapsed: 15s}
            - name: own
              testCase: Paid
              mocks: {Charge: {Return: {Payload: {receipt: 3}}}}
              expect: {output: {receipt: 3}}
            """,
            ["orders.asl.json": SuiteSamples.orders, "mocks.json": mocks]
        )
        #expect(results.flatMap(SuiteSamples.problems) == [])
    }
}
