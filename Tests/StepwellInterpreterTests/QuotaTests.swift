import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import Testing

/// The quotas that an execution meets while it runs; each test names where AWS documents its own.
@Suite("Quotas of an execution")
struct QuotaTests {
    private static let limit = 262_144

    /// A JSON string of so many bytes, its quotes included.
    private static func text(_ bytes: Int) -> String {
        "\"\(String(repeating: "x", count: bytes - 2))\""
    }

    private static func machine(_ states: [String]) -> String {
        let bodies = states.enumerated().map { index, fields in
            let next = index + 1 < states.count ? "\"Next\": \"S\(index + 1)\"" : "\"End\": true"
            return "\"S\(index)\": {\(fields), \(next)}"
        }
        return #"{"StartAt": "S0", "States": {\#(bodies.joined(separator: ", "))}}"#
    }

    private func failure(of driver: Driver) -> Failure? {
        for event in driver.events {
            if case .executionFailed(let failure) = event.body { return failure }
        }
        return nil
    }

    private func run(_ definition: String, _ input: String) throws -> Driver {
        var driver = try Driver(definition)
        try driver.start(input)
        try driver.run()
        #expect(try driver.replayed() == nil)
        return driver
    }

    @Test(
        "A variable has 256 KiB at most (developer guide, Passing data between states)",
        arguments: [(limit, true), (limit + 1, false)]
    )
    func variable(bytes: Int, fits: Bool) throws {
        let definition = Self.machine([
            #""Type": "Pass", "Assign": {"v.$": "$[*]"}, "ResultPath": null, "OutputPath": null"#
        ])
        // `[` and `]` are two bytes more.
        let driver = try run(definition, "[\(Self.text(bytes - 2))]")
        #expect(driver.state.status == (fits ? .succeeded : .failed))
        #expect(failure(of: driver)?.error == (fits ? nil : "States.DataLimitExceeded"))
    }

    @Test(
        "All variables of an Assign have 256 KiB at most together (same page)",
        arguments: [(limit / 2, true), (limit / 2 + 1, false)]
    )
    func assign(bytes: Int, fits: Bool) throws {
        let definition = Self.machine([
            #""Type": "Pass", "Assign": {"v.$": "$", "w.$": "$"}"#
        ])
        let driver = try run(definition, Self.text(bytes))
        #expect(driver.state.status == (fits ? .succeeded : .failed))
        #expect(failure(of: driver)?.error == (fits ? nil : "States.DataLimitExceeded"))
    }

    @Test(
        "All variables of an execution have 10 MiB at most (same page)",
        arguments: [(40, true), (41, false)]
    )
    func variables(count: Int, fits: Bool) throws {
        let states = (0..<count).map { #""Type": "Pass", "Assign": {"v\#($0).$": "$"}"# }
        let driver = try run(Self.machine(states), Self.text(Self.limit))
        #expect(driver.state.status == (fits ? .succeeded : .failed))
        #expect(failure(of: driver)?.error == (fits ? nil : "States.DataLimitExceeded"))
    }

    /// A member for each of many names, every one the whole input.
    private static let copies = (0..<20_000).map { #""p\#($0).$": "$""# }.joined(separator: ", ")

    @Test(
        "What a small definition makes thousands of times as large is not written out",
        arguments: [
            #""Type": "Pass", "Parameters": {\#(copies)}, "ResultPath": null"#,
            #""Type": "Pass", "Assign": {"v": {\#(copies)}}"#,
            #""Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "#
                + #""Parameters": {\#(copies)}"#,
            #""Type": "Pass", "Parameters": {"p.$": "$..*..*"}"#,
        ]
    )
    func multiplied(fields: String) throws {
        let nested = (0..<120).reduce(Self.text(Self.limit / 2)) { inner, _ in #"{"a": \#(inner)}"#
        }
        let driver = try run(Self.machine([fields]), nested)
        #expect(driver.state.status == .failed)
        #expect(failure(of: driver)?.error == "States.DataLimitExceeded")
    }

    @Test("A value between the fields of a state may be larger than what the state gives")
    func intermediate() throws {
        let definition = Self.machine([
            #""Type": "Pass", "Parameters": {"a.$": "$", "b.$": "$"}, "ResultPath": "$.r", "#
                + #""OutputPath": "$.r.a.n""#
        ])
        let driver = try run(definition, #"{"n": 1, "text": \#(Self.text(Self.limit - 100))}"#)
        #expect(driver.state.output?.string == "1")
    }

    @Test("A variable that is assigned again counts once")
    func reassigned() throws {
        let states = (0..<45).map { _ in #""Type": "Pass", "Assign": {"v.$": "$"}"# }
        let driver = try run(Self.machine(states), Self.text(Self.limit))
        #expect(driver.state.status == .succeeded)
    }

    @Test("Variables equal for Unicode but not in bytes are two")
    func names() throws {
        let driver = try run(
            Self.machine([
                "\"Type\": \"Pass\", \"Assign\": {\"\u{E9}\": 1, \"e\u{301}\": 2}",
                "\"Type\": \"Pass\", \"Parameters\": {\"a.$\": \"$\u{E9}\", "
                    + "\"b.$\": \"$e\u{301}\"}",
            ]),
            "{}"
        )
        #expect(driver.state.output?.string == #"{"a":1,"b":2}"#)
    }

    @Test(
        "An input after Parameters has 256 KiB at most (developer guide, Quotas)",
        arguments: [(limit, true), (limit + 1, false)]
    )
    func parameters(bytes: Int, fits: Bool) throws {
        let definition = """
            {"StartAt": "S", "States": {
              "S": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                "Parameters": {"a.$": "$.a", "b.$": "$.b"}, "ResultPath": null, "OutputPath": null,
                "Catch": [{"ErrorEquals": ["States.DataLimitExceeded"], "Next": "R"}],
                "End": true},
              "R": {"Type": "Pass", "Result": "caught", "End": true}}}
            """
        // `{"a":`, `,"b":` and `}` are eleven bytes more.
        let half = (bytes - 11) / 2
        let input = #"{"a": \#(Self.text(half)), "b": \#(Self.text(bytes - 11 - half))}"#
        let driver = try run(definition, input)
        #expect(driver.state.output?.string == (fits ? "{}" : #""caught""#))
    }

    @Test("A state's output has 256 KiB at most (developer guide, Quotas); no catcher helps")
    func output() throws {
        let definition = """
            {"StartAt": "S", "States": {
              "S": {"Type": "Parallel", "Branches": [
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}},
                {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "R"}], "End": true},
              "R": {"Type": "Pass", "End": true}}}
            """
        let driver = try run(definition, Self.text(Self.limit / 2))
        #expect(driver.state.status == .failed)
        #expect(failure(of: driver)?.error == "States.DataLimitExceeded")
    }

    @Test(
        "An inline Map runs 40 iterations at a time (developer guide, Map state)",
        arguments: [("0", 40), ("7", 7), ("1000", 40)]
    )
    func concurrency(written: String, started: Int) throws {
        var driver = try Driver(
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": \(written),
              "End": true, "Iterator": {"StartAt": "W", "States": {
                "W": {"Type": "Wait", "Seconds": 1, "End": true}}}}}}
            """
        )
        try driver.start("[\(Array(repeating: "1", count: 50).joined(separator: ","))]")
        #expect(driver.events.count { $0.typeName.hasPrefix("MapIterationStarted") } == started)
    }

    @Test("The context of a Map's item (developer guide, Context object data for Map states)")
    func mapItem() throws {
        let definition = """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true,
              "ItemSelector": {"selected.$": "$$.Map.Item"},
              "ItemProcessor": {"StartAt": "P", "States": {
                "P": {"Type": "Pass", "End": true,
                  "Parameters": {"given.$": "$.selected", "seen.$": "$$.Map.Item"}}}}}}}
            """
        let driver = try run(definition, #"[{"a":1}]"#)
        // Recorded of an inline Map: no Source, which the items of a Map Run have.
        let item = #"{"Index":0,"Value":{"a":1}}"#
        #expect(driver.state.output?.string == #"[{"given":\#(item),"seen":\#(item)}]"#)
    }

    @Test("An inline Map takes arrays only, so that its items have no Key (same page)")
    func objectItems() throws {
        let definition = """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true,
              "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}
            """
        let driver = try run(definition, #"{"a":1}"#)
        #expect(failure(of: driver)?.error == "States.Runtime")
        #expect(failure(of: driver)?.cause?.contains("Map state input must be an array") == true)
    }
}
