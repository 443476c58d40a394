import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage
import Testing

/// Every field of the eight state types in JSONPath mode arrives in the model.
@Suite("The compiled model")
struct ModelTests {
    @Test("The top level and its defaults")
    func machine() throws {
        let full = try #require(
            decode(
                """
                {"Comment": "c", "Version": "1.0", "TimeoutSeconds": 60, "QueryLanguage":
                 "JSONPath", "StartAt": "B", "States": {
                 "A": {"Type": "Succeed"}, "B": {"Type": "Pass", "Next": "A"}}}
                """
            ).definition
        )
        #expect(full.comment == "c")
        #expect(full.timeoutSeconds == 60)
        #expect(full.startAt == StateIndex(1))
        #expect(full[full.startAt].transition == .next(StateIndex(0)))
        #expect(full.index(ofState: "A") == StateIndex(0))
        #expect(full.index(ofState: "C") == nil)
        let bare = try #require(
            decode(#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#).definition
        )
        #expect(bare.version == "1.0")
        #expect(bare.timeoutSeconds == nil)
        #expect(bare.queryLanguage == .jsonPath)
    }

    @Test("Names are told apart by their bytes")
    func names() throws {
        let definition = try #require(
            decode(
                """
                {"StartAt": "\\u00e9", "States": {
                 "\\u00e9": {"Type": "Pass", "Next": "e\\u0301"},
                 "e\\u0301": {"Type": "Succeed"}}}
                """
            ).definition
        )
        #expect(definition.index(ofState: "\u{E9}") == StateIndex(0))
        #expect(definition.index(ofState: "e\u{301}") == StateIndex(1))
    }

    @Test("The data flow of a state and its nulls")
    func dataFlow() throws {
        let (full, _) = try state(
            """
            "Type": "Task", "Resource": "r:r", "End": true, "Comment": "c", "InputPath": "$.in",
            "OutputPath": "$$.Execution", "ResultPath": "$.r[0].s", "Parameters": {"a.$": "$.b"},
            "ResultSelector": {"c.$": "$.d"}
            """
        )
        #expect(full.comment == "c")
        #expect(full.inputPath == .path(try JSONPath(parsing: "$.in")))
        #expect(full.outputPath == .path(try JSONPath(parsing: "$$.Execution")))
        #expect(full.resultPath == .path(try ReferencePath(parsing: "$.r[0].s")))
        #expect(full.parameters != nil)
        #expect(full.resultSelector != nil)
        #expect(full.transition == .end)
        let (nulls, _) = try state(
            """
            "Type": "Pass", "InputPath": null, "OutputPath": null, "ResultPath": null, "Next": "A"
            """
        )
        #expect(nulls.inputPath == .null)
        #expect(nulls.outputPath == .null)
        #expect(nulls.resultPath == .discard)
        let (roots, _) = try state(
            #""Type": "Pass", "InputPath": "$", "OutputPath": "$", "ResultPath": "$", "End": true"#
        )
        #expect(roots.inputPath == .identity)
        #expect(roots.outputPath == .identity)
        #expect(roots.resultPath == .replace)
        #expect(roots.parameters == nil)
    }

    @Test("Task")
    func task() throws {
        let (literal, _) = try state(
            """
            "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:1:function:f", "End": true,
            "TimeoutSeconds": 30, "HeartbeatSeconds": 10, "Credentials": {"RoleArn.$": "$.role"}
            """
        )
        guard case .task(let fields) = literal.kind else { throw WrongKind() }
        #expect(fields.resource == "arn:aws:lambda:eu-west-1:1:function:f")
        #expect(fields.timeout == .literal(30))
        #expect(fields.heartbeat == .literal(10))
        #expect(fields.credentials != nil)
        let (paths, _) = try state(
            """
            "Type": "Task", "Resource": "r:r", "End": true,
            "TimeoutSecondsPath": "$.t", "HeartbeatSecondsPath": "$.h"
            """
        )
        guard case .task(let other) = paths.kind else { throw WrongKind() }
        #expect(other.timeout == .path(try JSONPath(parsing: "$.t")))
        #expect(other.heartbeat == .path(try JSONPath(parsing: "$.h")))
    }

    @Test("Wait in its four forms")
    func wait() throws {
        let timestamp = try #require(StatesTimestamp(parsing: "2016-03-14T01:59:00Z"))
        let forms: [(String, WaitField)] = [
            (#""Seconds": 0"#, .seconds(0)),
            (#""SecondsPath": "$.s""#, .secondsPath(try JSONPath(parsing: "$.s"))),
            (#""Timestamp": "2016-03-14T01:59:00Z""#, .timestamp(timestamp)),
            (#""TimestampPath": "$.t""#, .timestampPath(try JSONPath(parsing: "$.t"))),
        ]
        for (text, wanted) in forms {
            let (state, _) = try state(#""Type": "Wait", "End": true, \#(text)"#)
            guard case .wait(let field) = state.kind else { throw WrongKind() }
            #expect(field == wanted)
        }
    }

    @Test("Fail with texts, paths and intrinsics")
    func fail() throws {
        let (literal, _) = try state(#""Type": "Fail", "Error": "E", "Cause": "C""#)
        guard case .fail(let fields) = literal.kind else { throw WrongKind() }
        #expect(fields == FailFields(error: .literal("E"), cause: .literal("C")))
        let (paths, _) = try state(
            #""Type": "Fail", "ErrorPath": "$.e", "CausePath": "States.Format('{}', $.c)""#
        )
        guard case .fail(let other) = paths.kind,
            case .expression(.path(_)) = other.error,
            case .expression(.intrinsic(_)) = other.cause
        else { throw WrongKind() }
        #expect(paths.transition == .end)
    }

    @Test("Pass and Choice")
    func passAndChoice() throws {
        let (pass, _) = try state(
            #""Type": "Pass", "Result": {"a.$": "$.x"}, "End": true, "#
                + #""Assign": {"v.$": "$.a", "w": 1}"#
        )
        guard case .pass(let fields) = pass.kind else { throw WrongKind() }
        #expect(fields.result == (try json(#"{"a.$": "$.x"}"#)))
        #expect(pass.assign?.names == ["v", "w"])
        let (choice, definition) = try state(
            """
            "Type": "Choice", "Default": "B", "Assign": {"n": 1}, "Choices": [
            {"Variable": "$.a", "IsNull": true, "Next": "A", "Comment": "c", "Assign": {"x": 1}}]
            """
        )
        guard case .choice(let rules) = choice.kind else { throw WrongKind() }
        #expect(rules.defaultNext == definition.index(ofState: "B"))
        #expect(rules.rules.first?.next == definition.index(ofState: "A"))
        #expect(rules.rules.first?.comment == "c")
        #expect(rules.rules.first?.assign?.names == ["x"])
        #expect(choice.assign?.names == ["n"])
        #expect(choice.transition == .choice)
    }

    @Test("Parallel and nested scopes")
    func parallel() throws {
        let (state, definition) = try state(
            """
            "Type": "Parallel", "End": true, "Branches": [
            {"StartAt": "P", "Comment": "one", "States": {"P": {"Type": "Succeed"}}},
            {"StartAt": "R", "States": {"Q": {"Type": "Succeed"},
             "R": {"Type": "Pass", "Next": "Q"}}}]
            """
        )
        guard case .parallel(let fields) = state.kind else { throw WrongKind() }
        #expect(fields.branches == [ScopeIndex(1), ScopeIndex(2)])
        let second = definition[ScopeIndex(2)]
        #expect(second.owner == definition.index(ofState: "S"))
        #expect(second.branch == 1)
        #expect(second.startAt == definition.index(ofState: "R"))
        #expect(second.states.map { definition[$0].name } == ["Q", "R"])
        #expect(definition[second.startAt].scope == ScopeIndex(2))
        #expect(definition[ScopeIndex(1)].comment == "one")
        #expect(definition[.root].states.map { definition[$0].name } == ["Way", "S", "A", "B"])
        #expect(definition[.root].owner == nil)
    }

    @Test("Map, new and old")
    func map() throws {
        let inner = #"{"StartAt": "P", "States": {"P": {"Type": "Succeed"}}"#
        let (new, _) = try state(
            """
            "Type": "Map", "End": true, "ItemProcessor": \(inner), "ProcessorConfig":
            {"Mode": "INLINE"}}, "ItemsPath": "$.items", "ItemSelector": {"i.$":
            "$$.Map.Item.Value"}, "MaxConcurrency": 3
            """
        )
        guard case .map(let fields) = new.kind else { throw WrongKind() }
        #expect(fields.processor == ScopeIndex(1))
        #expect(fields.mode == .inline)
        #expect(fields.itemsPath == (try JSONPath(parsing: "$.items")))
        #expect(fields.itemSelector != nil)
        #expect(fields.maxConcurrency == .literal(3))
        #expect(!fields.usesIterator && !fields.usesParameters)
        let (old, _) = try state(
            """
            "Type": "Map", "End": true, "Iterator": \(inner)}, "Parameters": {"i": 1},
            "MaxConcurrencyPath": "$.m"
            """
        )
        guard case .map(let other) = old.kind else { throw WrongKind() }
        #expect(other.usesIterator && other.usesParameters)
        #expect(other.itemsPath == nil)
        #expect(other.itemSelector != nil)
        #expect(old.parameters == nil)
        #expect(other.maxConcurrency == .path(try JSONPath(parsing: "$.m")))
    }

    @Test("Retriers and catchers with their defaults")
    func errors() throws {
        let (state, definition) = try state(
            """
            "Type": "Task", "Resource": "r:r", "End": true, "Retry": [
            {"ErrorEquals": ["E"], "IntervalSeconds": 5, "MaxAttempts": 0, "BackoffRate": 1.5,
             "MaxDelaySeconds": 60, "JitterStrategy": "FULL"},
            {"ErrorEquals": ["States.ALL"]}], "Catch": [
            {"ErrorEquals": ["E", "F"], "Next": "A", "ResultPath": "$.e", "Assign": {"x": 1}},
            {"ErrorEquals": ["States.ALL"], "Next": "B", "ResultPath": null}]
            """
        )
        let first = try #require(state.retriers.first)
        #expect(first.intervalSeconds == 5 && first.maxAttempts == 0 && first.backoffRate == 1.5)
        #expect(first.maxDelaySeconds == 60 && first.jitter == .full)
        let second = try #require(state.retriers.last)
        // The defaults of the States language: 1 s, 3 attempts, factor 2, no cap, no jitter.
        #expect(second.intervalSeconds == 1 && second.maxAttempts == 3 && second.backoffRate == 2)
        #expect(second.maxDelaySeconds == nil && second.jitter == .none)
        #expect(
            state.catchers.map(\.next) == [
                definition.index(ofState: "A"), definition.index(ofState: "B"),
            ]
        )
        #expect(state.catchers[0].resultPath == .path(try ReferencePath(parsing: "$.e")))
        #expect(state.catchers[0].assign?.names == ["x"])
        #expect(state.catchers[0].matches("F") && !state.catchers[0].matches("G"))
        #expect(state.catchers[1].resultPath == .discard)
    }

    private struct WrongKind: Error {}
}
