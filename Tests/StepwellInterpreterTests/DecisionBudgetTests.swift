import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import Testing

/// What one definition can have its shard do at a time: work is counted, so that these figures are
/// the same on every machine.
@Suite("The work of a decision and of a turn")
struct DecisionBudgetTests {
    /// JSON of about so many bytes, which is not parsed at once.
    static func document(_ bytes: Int) -> String {
        let members = (0..<bytes / 20).map { #""k\#($0)":{"v":"abc"}"# }
        return "{\(members.joined(separator: ",")),\"items\":[0,1,2]}"
    }

    /// About a thirteenth of what a decision may spend, and more than a turn.
    private static let heavy = "$sum($map([1..20000], function($v){$v*2})) = 1"

    private static func choice(_ conditions: Int) -> String {
        let rule = #"{"Condition": "{% \#(heavy) %}", "Next": "D"}"#
        let rules = Array(repeating: rule, count: conditions).joined(separator: ",")
        return """
            {"QueryLanguage": "JSONata", "StartAt": "C", "States": {"C": {"Type": "Choice",
             "Choices": [\(rules)], "Default": "D"}, "D": {"Type": "Succeed"}}}
            """
    }

    @Test("All conditions of a Choice share one budget, and fail by name beyond it")
    func conditions() throws {
        var driver = try Driver(Self.choice(60))
        try driver.start("{}")
        #expect(driver.state.status == .failed)
        #expect(driver.state.failure?.error == "States.QueryEvaluationError")
        #expect(driver.state.failure?.cause?.contains("/Condition") == true)
        // What one decision spends, and what its turn does beside it.
        #expect(driver.steps < 1_300_000)
        #expect(try driver.replayed() == nil)
    }

    @Test("An execution of an earlier revision keeps a budget for each condition")
    func earlierConditions() throws {
        var driver = try Driver(Self.choice(12))
        try driver.start("{}", semantics: 6)
        #expect(driver.state.status == .succeeded)
        #expect(try driver.replayed() == nil)
    }

    @Test("Assign and Output share one budget")
    func fields() throws {
        let assigned = (0..<20).map { #""v\#($0)": "{% \#(Self.heavy) %}""# }
        var driver = try Driver(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass",
             "Assign": {\(assigned.joined(separator: ","))}, "End": true}}}
            """
        )
        try driver.start("{}")
        #expect(driver.state.failure?.error == "States.QueryEvaluationError")
    }

    @Test("A state that has spent the steps of its turn is followed by another turn")
    func turns() throws {
        let states = (0..<8).map { index in
            let next = index < 7 ? #""Next": "S\#(index + 1)""# : #""End": true"#
            return #""S\#(index)": {"Type": "Pass", "Output": "{% \#(Self.heavy) %}", \#(next)}"#
        }
        var driver = try Driver(
            """
            {"QueryLanguage": "JSONata", "StartAt": "S0",
             "States": {\(states.joined(separator: ","))}}
            """
        )
        try driver.start("{}")
        #expect(driver.state.status == .succeeded)
        #expect(driver.turns.count >= 8)
        #expect(try driver.replayed() == nil)
    }

    @Test(
        "What takes long is left to the turn that goes on, behind others",
        arguments: [
            #""Output": "{% \#(DecisionBudgetTests.heavy) %}""#,
            #""Output": "{% $length($pad('', 900000, 'x')) %}""#,
            #""Output": "{% $count($split($pad('', 60000, 'x'), '')) %}""#,
        ]
    )
    func putOff(state: String) throws {
        let definition = """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass",
             \(state), "End": true}}}
            """
        for semantics in [6, Semantics.current] {
            var driver = try Driver(definition)
            driver.continues = false
            try driver.start("{}", semantics: semantics)
            // The input, ExecutionStarted, …StateEntered.
            #expect((driver.records.count == 3) == (semantics > 6))
            guard semantics > 6 else { continue }
            #expect(driver.steps < 2 * 50_000)
            #expect(driver.state.summary.isRunnable)
            try driver.feed(.continueTurn)
            #expect(driver.records.count > 4)
            #expect(try driver.replayed() == nil)
        }
    }

    @Test(
        "What a task is asked to do is put off too, behind the token that it is given",
        arguments: [
            #""Resource": "arn:aws:states:us-east-1:123456789012:activity:work""#,
            #""Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken""#,
            #""Resource": "arn:aws:states:::lambda:invoke""#,
        ]
    )
    func putOffTask(resource: String) throws {
        var driver = try Driver(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Task",
             \(resource), "Arguments": {"x": "{% \(Self.heavy) %}"}, "End": true}}}
            """
        )
        driver.continues = false
        try driver.start("{}")
        #expect(driver.events.map(\.body.type) == [.executionStarted, .taskStateEntered])
        #expect(driver.steps < 50_000)
        #expect(driver.state.summary.isRunnable)
        try driver.feed(.continueTurn)
        #expect(driver.events.count > 2)
        #expect(try driver.replayed() == nil)
    }

    @Test("The items of a batch are put off together, and charged together")
    func putOffBatch() throws {
        let item = "$states.context.Map.Item.Index = 0 ? 1 : \(Self.heavy)"
        var driver = try Driver(
            """
            {"QueryLanguage": "JSONata", "StartAt": "M", "States": {"M": {"Type": "Map",
             "Items": "{% [1..9] %}", "ItemSelector": {"x": "{% \(item) %}"},
             "ItemBatcher": {"MaxItemsPerBatch": 9}, "ItemProcessor": {
              "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
              "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}, "End": true}}}
            """
        )
        driver.continues = false
        try driver.start("{}")
        while !driver.isPutOff, driver.state.canGoOn { try driver.feed(.continueTurn) }
        #expect(driver.children.isEmpty)
        let before = driver.steps
        #expect(before < 100_000)
        try driver.feed(.continueTurn)
        #expect(driver.children.count == 1)
        #expect(driver.steps - before > 8 * 20_000)
        #expect(try driver.replayed() == nil)
    }

    @Test(
        "What is done with long texts is counted by what it takes",
        arguments: [
            ("$formatNumber(1, $t)", 3.0), ("$formatInteger(1, $t)", 0.25),
            ("$fromMillis(1, $t)", 0.25), ("$base64decode($t)", 0.25),
            ("$decodeUrl($t)", 0.25), ("$length($t)", 1.0 / 16),
        ]
    )
    func text(expression: String, each: Double) throws {
        let definition = """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass",
             "Output": "{% ($t := $states.input.t; $exists(\(expression))) %}", "End": true}}}
            """
        let length = 20_000
        var steps: [Int] = []
        for text in ["0", String(repeating: "0", count: length)] {
            var driver = try Driver(definition)
            try driver.start(#"{"t": "\#(text)"}"#)
            steps.append(driver.steps - text.utf8.count / 16)
        }
        #expect(Double(steps[1] - steps[0]) >= each * Double(length) * 0.9)
        // In revisions before 7 sixty-four bytes are a step.
        var driver = try Driver(definition)
        try driver.start(
            #"{"t": "\#(String(repeating: "0", count: length))"}"#,
            semantics: 6
        )
        #expect(driver.steps < steps[0] + length / 4)
    }

    @Test("Branches that the history has no room for are not started")
    func crowd() throws {
        let branches = (0..<1_000).map {
            #"{"StartAt": "B\#($0)", "States": {"B\#($0)": {"Type": "Pass", "End": true}}}"#
        }
        let definition = """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true,
             "Branches": [\(branches.joined(separator: ","))]}}}
            """
        for (semantics, events) in [(6, 500), (Semantics.current, 3)] as [(UInt16, Int)] {
            var driver = try Driver(definition)
            try driver.start(
                "{}",
                limits: LimitsProfile(historyEvents: 500),
                semantics: semantics
            )
            #expect(driver.state.status == .failed)
            #expect(driver.state.failure?.cause?.contains("history events") == true)
            #expect(driver.events.count == events)
            #expect(try driver.replayed() == nil)
        }
    }

    @Test("Thousands of variables cost their number", .timeLimit(.minutes(1)))
    func manyVariables() throws {
        let names = (0..<30_000).map { "v\($0)" }
        let assigned = names.map { #""\#($0)":1"# }.joined(separator: ",")
        let read = names.map { "$\($0)" }.joined(separator: ",")
        var driver = try Driver(
            """
            {"StartAt": "A", "States": {
             "A": {"Type": "Pass", "Assign": {\(assigned)}, "Next": "B"},
             "B": {"Type": "Pass", "Assign": {\(assigned)}, "Next": "C"},
             "C": {"Type": "Pass", "QueryLanguage": "JSONata",
              "Output": "{% $sum([\(read)]) + $v29999 %}", "End": true}}}
            """
        )
        try driver.start("{}")
        #expect(driver.state.output?.string == "30001")
        #expect(try driver.replayed() == nil)
    }

    @Test("The input of a Map is parsed once for all its items, whatever its path")
    func items() throws {
        for path in ["", #""InputPath": "$.part","#] {
            var driver = try Driver(
                """
                {"StartAt": "M", "States": {"M": {"Type": "Map", \(path) "ItemsPath": "$.items",
                 "ItemSelector": {"v.$": "$$.Map.Item.Value", "k.$": "$.k1.v"}, "ItemProcessor":
                 {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}, "End": true}}}
                """
            )
            var input = Self.document(100_000)
            let items = (0..<300).map(String.init).joined(separator: ",")
            input = input.replacing("[0,1,2]", with: "[\(items)]")
            if !path.isEmpty { input = #"{"part":\#(input)}"# }
            try driver.start(input)
            #expect(driver.state.status == .succeeded)
            // Once each: the input, a part of it that is written out, the items.
            #expect(driver.steps < 4 * input.utf8.count / 16 + 300 * 200)
        }
    }

    @Test("A payload that passes through many states is parsed once")
    func chain() throws {
        let states = (0..<60).map { index in
            let next = #""S\#(index + 1)""#
            return """
                "S\(index)": {"Type": "Choice", "Default": \(next), "Choices": [
                 {"Variable": "$.k1.v", "StringEquals": "abc", "Next": \(next)}]}
                """
        }
        var driver = try Driver(
            """
            {"StartAt": "S0", "States": {\(states.joined(separator: ",")),
             "S60": {"Type": "Succeed"}}}
            """
        )
        let input = Self.document(100_000)
        try driver.start(input)
        #expect(driver.state.status == .succeeded)
        #expect(driver.steps < 3 * input.utf8.count / 16)
    }

    @Test("Expressions cost what they look at, not what the execution was started with")
    func context() throws {
        let states = (0..<40).map { index in
            let next = index < 39 ? #""Next": "S\#(index + 1)""# : #""End": true"#
            return """
                "S\(index)": {"Type": "Pass", "Output": "{% {'a': 1 + $states.input.a} %}", \(next)}
                """
        }
        var driver = try Driver(
            """
            {"QueryLanguage": "JSONata", "StartAt": "F", "States": {
             "F": {"Type": "Pass", "Output": {"a": 1}, "Next": "S0"},
             \(states.joined(separator: ","))}}
            """
        )
        try driver.start(Self.document(100_000))
        #expect(driver.state.output?.string == #"{"a":41}"#)
        #expect(driver.state.start?.input.parsed == nil)
        #expect(driver.steps < 40 * 100)
    }

    @Test(
        "What expressions look at by other ways than a member's name is there",
        arguments: [
            (#"$states.context.Execution.Input.a"#, "1"), (#"$lookup($states, 'input').a"#, "1"),
            (#"$states.*.Execution.Input.a"#, "1"), (#"($states).input.a"#, "1"),
            (#"$keys($states)"#, #"["input","context"]"#),
            (#"$states.input@$i.context.Execution.Input.a"#, "1"),
            (#"$map([1], function($v){$states.input.a})"#, "1"),
            (#"($states := {'input': 5}; $states.input)"#, "5"),
        ]
    )
    func access(expression: String, output: String) throws {
        for semantics in [6, Semantics.current] {
            var driver = try Driver(
                """
                {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass",
                 "Output": "{% \(expression) %}", "End": true}}}
                """
            )
            try driver.start(#"{"a": 1}"#, semantics: semantics)
            #expect(driver.state.output?.string == output, "\(expression)")
        }
    }

    @Test("A variable that has the name of a function is not called in its place")
    func calledVariable() throws {
        var driver = try Driver(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
             "A": {"Type": "Pass", "Assign": {"sum": 5}, "Next": "B"},
             "B": {"Type": "Pass", "Output": "{% $sum([1]) %}", "End": true}}}
            """
        )
        try driver.start("{}")
        #expect(driver.state.failure?.error == "States.QueryEvaluationError")
    }

    @Test("A result that is thrown away is not put together, and one too large neither")
    func results() throws {
        let branches = (0..<20).map {
            #"{"StartAt": "B\#($0)", "States": {"B\#($0)": {"Type": "Pass", "End": true}}}"#
        }
        let input = Self.document(100_000)
        for (path, status) in [("null", ExecutionStatus.succeeded), (#""$""#, .failed)] {
            var driver = try Driver(
                """
                {"StartAt": "P", "States": {"P": {"Type": "Parallel", "ResultPath": \(path),
                 "Branches": [\(branches.joined(separator: ","))], "End": true}}}
                """
            )
            try driver.start(input)
            #expect(driver.state.status == status)
            #expect(driver.steps < input.utf8.count / 16)
        }
    }

    @Test("Results that are nested too deeply fail by that name")
    func depth() throws {
        let definition = """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [
             {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}], "End": true}}}
            """
        for (depth, cause) in [(511, nil), (512, "nested more deeply")] {
            var driver = try Driver(definition)
            let open = String(repeating: "[", count: depth)
            try driver.start(open + String(repeating: "]", count: depth))
            if let cause {
                #expect(driver.state.failure?.error == "States.Runtime")
                #expect(driver.state.failure?.cause?.contains(cause) == true)
            } else {
                #expect(driver.state.status == .succeeded)
            }
        }
    }

    @Test("The bytes of all variables are kept as they change")
    func variables() throws {
        var driver = try Driver(
            """
            {"StartAt": "F", "States": {"F": {"Type": "Pass", "Assign": {"v.$": "$", "w": 1},
             "Next": "M"}, "M": {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": {"StartAt":
             "A", "States": {"A": {"Type": "Pass", "Assign": {"x.$": "$"}, "Next": "W"},
             "W": {"Type": "Wait", "Seconds": 1, "Next": "L"},
             "L": {"Type": "Pass", "Assign": {"x": 12345}, "End": true}}}, "ResultPath": null,
             "Assign": {"v": null}, "End": true}}}
            """
        )
        driver.budget = TurnBudget(records: 2, bytes: .max)
        driver.continues = false
        try driver.start(#"{"items": ["abc", 2, [3, 4]]}"#)
        while driver.state.status == .running {
            let expected = driver.state.branches.all.reduce(0) { sum, branch in
                branch.variables.reduce(sum) { $0 + $1.value.text.count }
            }
            #expect(driver.state.branches.variableBytes == expected)
            if driver.state.canGoOn {
                try driver.feed(.continueTurn)
            } else if let timer = driver.state.earliestTimer {
                driver.now = max(driver.now, timer.due)
                try driver.feed(.timerFired(timer.ordinal))
            }
        }
        #expect(driver.state.branches.variableBytes == 4 + 1)
    }
}
