import Foundation
import StepwellJSON
import Testing

@testable import Stepwell

/// Definitions in YAML: the JSON they stand for, and where their parts are written.
@Suite("YAML definitions")
struct YAMLDefinitionTests {
    @Test(
        "Plain scalars follow the core schema of YAML 1.2; quoted and block scalars are strings",
        arguments: [
            ("1", "1"), ("-7", "-7"), ("1.50", "1.50"), ("1e3", "1e3"), ("0x1F", "31"),
            ("0o17", "15"), ("+5", "5"), ("007", "7"), (".5", "0.5"), ("true", "true"),
            ("False", "false"), ("~", "null"), ("null", "null"), ("", "null"),
            ("yes", #""yes""#), ("on", #""on""#), ("1_000", #""1_000""#), ("12:30", #""12:30""#),
            ("'1'", #""1""#), (#""true""#, #""true""#), ("!!str 5", #""5""#), (".inf", #"".inf""#),
            ("2016-03-14T01:59:00Z", #""2016-03-14T01:59:00Z""#), ("1e999", "1e999"),
            ("12345678901234567890", "12345678901234567890"), ("-", #"[null]"#),
        ]
    )
    func scalars(yaml: String, json: String) throws {
        let definition = try YAMLDefinition(parsing: "a: \(yaml == "-" ? "\n  -" : yaml)")
        #expect(String(decoding: definition.json, as: UTF8.self) == #"{"a":\#(json)}"#)
    }

    @Test("A number that JSON would write otherwise can stay the text that it is")
    func kept() throws {
        let definition = try YAMLDefinition(
            parsing: "[007, 0x1F, +5, .5, 1.50, 12, true]",
            keepsText: true
        )
        let json = #"["007","0x1F","+5",".5",1.50,12,true]"#
        #expect(String(decoding: definition.json, as: UTF8.self) == json)
    }

    @Test("Every part has its line and column; what is not there has that of what is around it")
    func positions() throws {
        let definition = try YAMLDefinition(
            parsing: """
                StartAt: é
                States:
                  é/~:
                    Type: Choice
                    Choices:
                    - Next: A
                    - {Next: B}
                """
        )
        let places = [
            ("", 1, 1), ("/StartAt", 1, 1), ("/States/é~1~0", 3, 3), ("/States/é~1~0/Type", 4, 5),
            ("/States/é~1~0/Choices/0/Next", 6, 7), ("/States/é~1~0/Choices/1", 7, 7),
            ("/States/é~1~0/Choices/1/Nope", 7, 7), ("/Nope", 1, 1),
        ]
        for (pointer, line, column) in places {
            let position = definition.position(of: pointer)
            #expect(position.line == line && position.column == column, "\(pointer) \(position)")
        }
    }

    @Test("Members keep their order, anchors are followed")
    func order() throws {
        let definition = try YAMLDefinition(parsing: "b: &x [1]\na: *x\n")
        #expect(String(decoding: definition.json, as: UTF8.self) == #"{"b":[1],"a":[1]}"#)
    }

    @Test("A placeholder that is filled in is read as if it had been written so")
    func substitutions() throws {
        let definition = try YAMLDefinition(
            parsing: "a: ${N}\nb: '${N}'\nc: ${N}s\n${N}: 1\nd: ${M}\n",
            substitutions: ["N": "5"]
        )
        let json = #"{"a":5,"b":"5","c":"5s","5":1,"d":"${M}"}"#
        #expect(String(decoding: definition.json, as: UTF8.self) == json)
    }

    @Test(
        "What is not supported is refused with its place",
        arguments: [
            ("a: 1\na: 2\n", 1, "These keys are written twice: [a]"),
            ("a: !Sub x\n", 1, "The tag '!Sub' is not supported"),
            ("a: &x {b: 1}\nc:\n  <<: *x\n", 3, "Merge keys (<<) are not supported"),
            ("[1]: 2\n", 1, "A key must be a scalar"),
            ("a:\n  b: [1\nc: 2\n", 3, "did not find expected ',' or ']'"),
        ]
    )
    func refused(yaml: String, line: Int, reason: String) throws {
        let error = #expect(throws: YAMLDefinitionError.self) {
            _ = try YAMLDefinition(parsing: yaml)
        }
        #expect(error?.line == line)
        #expect(error?.reason == reason)
    }

    @Test("Aliases cannot make a small text huge")
    func bomb() {
        var text = "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n"
        for level in 1..<9 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(items)]\n"
        }
        let error = #expect(throws: YAMLDefinitionError.self) {
            _ = try YAMLDefinition(parsing: text)
        }
        #expect(error?.reason == "The text stands for more than 1000000 values")
    }
}
