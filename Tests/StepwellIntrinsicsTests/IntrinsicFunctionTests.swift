import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import Testing

@Suite("The intrinsic functions")
struct IntrinsicFunctionTests {
    @Test(
        "values that the first dialect has otherwise",
        arguments: [
            ("States.ArrayPartition($.l, 2.6)", "[[1,2],[3,4],[5]]", "[[1,2,3],[4,5]]"),
            ("States.ArrayContains($.l, '3')", "true", "false"),
            ("States.ArrayContains($.l, 3.0)", "false", "true"),
            ("States.ArrayContains(States.Array($.p), $.q)", "false", "true"),
            ("States.ArrayContains(States.Array(null, true), 'true')", "true", "false"),
            ("States.ArrayRange(1.6, 1.4, 1)", "[1]", "[]"),
            ("States.ArrayRange(5.4, -0.6, -2.4)", "[5,3,1]", "[5,3,1,-1]"),
            ("States.ArrayUnique($.f)", "[false,true]", "[true,false]"),
            ("States.ArrayUnique($.d)", #"[{"a":1,"b":2},null,1,"1",[]]"#, Self.distinct),
            ("States.ArrayUnique($.n)", "[16,17,1]", "[17,1,16]"),
            ("States.JsonMerge($.p, $.z, false)", #"{"a":1,"b":2,"z":3}"#, #"{"b":2,"a":1,"z":3}"#),
            ("States.MathAdd(2147483646, 1.4)", "2147483647", "2147483647"),
        ]
    )
    func dialects(text: String, current: String, first: String) throws {
        let input = """
            {"l":[1,2,3,4,5],"p":{"b":2,"a":1},"q":{"a":1,"b":2},"z":{"z":3},"f":[true,false],
             "n":[17,1,16,17],
             "d":[1,1.0,"1",{"a":1,"b":2},{"b":2,"a":1.0},[],[],null,null]}
            """
        #expect(try JSONWriter.string(call(text, on: input)) == current)
        #expect(try JSONWriter.string(call(text, on: input, in: .first)) == first)
    }

    private static let distinct = #"[1,"1",{"a":1,"b":2},[],null]"#

    @Test("values that the current dialect alone has")
    func current() throws {
        #expect(try call("States.ArrayGetItem($, 1.9)", on: "[1,2]") == .number(JSONNumber(2)))
        #expect(try call("States.Base64Decode(' YWJj\u{21}ZA== ')") == "abcd")
        #expect(try call("States.Base64Decode('/w==')") == "\u{FFFD}")
        let hash = try call("States.Hash('{a=[1, null]}', 'MD5')")
        #expect(try call("States.Hash($, 'MD5')", on: #"{"a":[1,null]}"#) == hash)
    }

    @Test("States.MathRandom with a seed is Java's: new Random(42).nextInt(10) is 0")
    func seeds() throws {
        #expect(try JSONWriter.string(call("States.MathRandom(0, 10, 42)")) == "0")
        #expect(try JSONWriter.string(call("States.MathRandom(5, 15, 42.9)")) == "5")
    }

    @Test(
        "values",
        arguments: [
            ("States.Array()", "[]"),
            ("States.Array('a', 1, null, true, $.o)", #"["a",1,null,true,{"k":"v"}]"#),
            ("States.ArrayPartition($.l, 2)", "[[1,2],[3,4],[5]]"),
            ("States.ArrayPartition($.l, 2.5)", "[[1,2],[3,4],[5]]"),
            ("States.ArrayPartition($.l, 99)", "[[1,2,3,4,5]]"),
            ("States.ArrayContains($.l, 3)", "true"),
            ("States.ArrayContains(States.Array($.o), $.o)", "true"),
            ("States.ArrayRange(1, 9, 2)", "[1,3,5,7,9]"),
            ("States.ArrayRange(3, 1, -1)", "[3,2,1]"),
            ("States.ArrayRange(3, 1, 1)", "[]"), ("States.ArrayRange(0.5, 2.4, 1)", "[0,1,2]"),
            ("States.ArrayGetItem($.l, 0)", "1"), ("States.ArrayGetItem($.l, 4)", "5"),
            ("States.ArrayLength($.l)", "5"), ("States.ArrayLength(States.Array())", "0"),
            ("States.Base64Encode('any carnal pleas')", #""YW55IGNhcm5hbCBwbGVhcw==""#),
            ("States.Base64Decode('YW55IGNhcm5hbCBwbGVhcw==')", #""any carnal pleas""#),
            ("States.Base64Encode('a')", #""YQ==""#), ("States.Base64Encode('ab')", #""YWI=""#),
            ("States.Base64Decode('YWI')", #""ab""#), ("States.Base64Decode('w6k=')", #""é""#),
            (
                "States.JsonMerge($.o, States.StringToJson('{\"k\":2,\"z\":3}'), false)",
                #"{"z":3,"k":2}"#
            ),
            ("States.MathAdd(111, -1)", "110"), ("States.MathAdd(1.5, -1.5)", "1"),
            ("States.MathAdd(0.49999999999999994, 0)", "0"),
            ("States.StringSplit('1,2;;3', ',;')", #"["1","2","3"]"#),
            ("States.StringSplit('abc', '')", #"["abc"]"#), ("States.StringSplit('', ',')", "[]"),
            ("States.StringToJson('[1.0, {}]')", "[1.0,{}]"), ("States.StringToJson('  ')", "null"),
            ("States.JsonToString($.o)", #""{\"k\":\"v\"}""#),
            ("States.UUID()", #""00000000-0000-4000-8000-000000000001""#),
        ].filter { $0.0 != "States.Format('{}')" }
    )
    func values(text: String, expected: String) throws {
        let input = """
            {"l":[1,2,3,4,5],"o":{"k":"v"},
             "d":[]}
            """
        #expect(try JSONWriter.string(call(text, on: input)) == expected)
    }

    @Test(
        "States.Format",
        arguments: [
            ("States.Format('Hello {}, {}!', $.n, 1)", "Hello Ann, 1!"),
            ("States.Format('none')", "none"), ("States.Format('{}{}', 'a', 'b')", "ab"),
            (#"States.Format('\{\} \'{}\' \\', $.n)"#, #"{} 'Ann' \"#),
            (#"States.Format('\{\}\{\}')"#, "{}{}"),
            ("States.Format($.t, $.n)", "Dear Ann"), ("States.Format('{}', null)", "null"),
            ("States.Format('{}', $)", "{n=Ann, t=Dear {}, l=[1, 1.5, null]}"),
            ("States.Format('{}', $.l)", "[1, 1.5, null]"), ("States.Format('{}', '{}')", "{}"),
            ("States.Format( 'a{}' , $.l[0] )", "a1"),
            ("States.Format('{}',$.l[*])", "[1, 1.5, null]"),
            ("States.Format('été {}', 'ça')", "été ça"),
        ]
    )
    func format(text: String, expected: String) throws {
        let input = #"{"n":"Ann","t":"Dear {}","l":[1,1.5,null]}"#
        #expect(try call(text, on: input) == .string(expected))
    }

    @Test(
        "States.Hash with the test vector 'abc' of RFC 1321 and FIPS 180-4",
        arguments: [
            ("MD5", "900150983cd24fb0d6963f7d28e17f72"),
            ("SHA-1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "SHA-384",
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                    + "8086072ba1e7cc2358baeca134c825a7"
            ),
            (
                "SHA-512",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            ),
        ]
    )
    func hashes(algorithm: String, digest: String) throws {
        #expect(try call("States.Hash('abc', '\(algorithm)')") == .string(digest))
    }

    @Test("States.MathRandom and States.UUID draw from the entropy that is given")
    func draws() throws {
        var budget = EvaluationBudget(steps: 100)
        var entropy = TestEntropy()
        let text =
            "States.Array(States.MathRandom(1, 10), States.MathRandom(-3, 3, 7), States.UUID())"
        let scope = TestScope(input: .object(JSONObject()), dialect: .first)
        let value = try IntrinsicCall(parsing: text)
            .evaluate(in: scope, entropy: &entropy, budget: &budget)
        #expect(JSONWriter.string(value) == #"[9,2,"00000000-0000-4000-8000-000000000001"]"#)
        #expect(entropy.draws.map(\.range) == [1..<10, -3..<3])
        #expect(entropy.draws.map(\.seed) == [nil, 7])
    }

    @Test("paths, the context object and variables are arguments")
    func roots() throws {
        var budget = EvaluationBudget(steps: 100)
        var entropy = TestEntropy()
        let scope = TestScope(
            input: try JSONParser.parse(#"{"a,b":{"c)":1}}"#),
            context: try JSONParser.parse(#"{"Execution":{"Name":"e"}}"#),
            variables: [("v", .bool(true))]
        )
        let text = "States.Array($['a,b']['c)'], $$.Execution.Name, $v, $.*.length())"
        let call = try IntrinsicCall(parsing: text)
        let value = try call.evaluate(in: scope, entropy: &entropy, budget: &budget)
        #expect(JSONWriter.string(value) == #"[1,"e",true,[1]]"#)
        #expect(
            call.paths.map(\.text) == ["$['a,b']['c)']", "$$.Execution.Name", "$v", "$.*.length()"]
        )
    }
}
