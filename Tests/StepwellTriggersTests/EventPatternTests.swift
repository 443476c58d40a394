import StepwellJSON
import StepwellTriggers
import Testing

/// Which events match: the examples of EventBridge's documentation, cases that were tried against
/// EventBridge, and those that the documentation of its library tells of arrays.
struct EventPatternTests {
    private func matches(_ pattern: String, _ event: String) throws -> Bool {
        let value = try JSONParser.parse(Array(event.utf8))
        return try EventPattern(parsing: pattern).matches(
            FlatEvent(try #require(value.objectValue))
        )
    }

    @Test(arguments: [
        (#"{"a":["x"]}"#, #"{"a":"x"}"#), (#"{"a":["x","y"]}"#, #"{"a":"y"}"#),
        (#"{"a":["x"]}"#, #"{"a":["w","x"]}"#), (#"{"a":[""]}"#, #"{"a":""}"#),
        (#"{"a":[null]}"#, #"{"a":null}"#), (#"{"a":[true]}"#, #"{"a":true}"#),
        (#"{"a":[5]}"#, #"{"a":5.0}"#), (#"{"a":[3.018e2]}"#, #"{"a":301.8}"#),
        (#"{"a":[123456789012]}"#, #"{"a":123456789012}"#),
        (#"{"a":{"b":["x"]}}"#, #"{"a":{"b":"x","c":1}}"#),
        (#"{"a.b":["x"]}"#, #"{"a":{"b":"x"}}"#), (#"{"a":{"b":["x"]}}"#, #"{"a.b":"x"}"#),
        (#"{"a":[{"prefix":"2017-"}]}"#, #"{"a":"2017-10-02"}"#),
        (#"{"a":[{"prefix":{"equals-ignore-case":"EventB"}}]}"#, #"{"a":"eventbridge"}"#),
        (#"{"a":[{"suffix":".png"}]}"#, #"{"a":"b.png"}"#),
        (#"{"a":[{"suffix":{"equals-ignore-case":".png"}}]}"#, #"{"a":"b.PNG"}"#),
        (#"{"a":[{"equals-ignore-case":"alice"}]}"#, #"{"a":"ALICE"}"#),
        (#"{"a":[{"equals-ignore-case":"straße"}]}"#, #"{"a":"STRAßE"}"#),
        (#"{"a":[{"exactly":"x"}]}"#, #"{"a":"x"}"#),
        (#"{"a":[{"anything-but":"x"}]}"#, #"{"a":"y"}"#),
        (#"{"a":[{"anything-but":"x"}]}"#, #"{"a":null}"#),
        (#"{"a":[{"anything-but":"x"}]}"#, #"{"a":["x","y"]}"#),
        (#"{"a":[{"anything-but":123}]}"#, #"{"a":"123"}"#),
        (#"{"a":[{"anything-but":[100,200]}]}"#, #"{"a":300}"#),
        (#"{"a":[{"anything-but":0}]}"#, #"{"a":5}"#),
        (#"{"a":[{"anything-but":{"prefix":"init"}}]}"#, #"{"a":12}"#),
        (#"{"a":[{"anything-but":{"prefix":["x","y"]}}]}"#, #"{"a":"z"}"#),
        (#"{"a":[{"anything-but":{"suffix":[".txt",".png"]}}]}"#, #"{"a":"b.gif"}"#),
        (#"{"a":[{"anything-but":{"equals-ignore-case":["X","Y"]}}]}"#, #"{"a":"z"}"#),
        (#"{"a":[{"anything-but":{"wildcard":["*/lib/*","*.jar"]}}]}"#, #"{"a":"/bin/a"}"#),
        (#"{"a":[{"numeric":[">",0,"<=",5]}]}"#, #"{"a":5}"#),
        (#"{"a":[{"numeric":["=",3.018e2]}]}"#, #"{"a":301.8}"#),
        (#"{"a":[{"numeric":["<",10]}]}"#, #"{"a":-4999999999.999999}"#),
        (#"{"a":[{"exists":true}]}"#, #"{"a":null}"#),
        (#"{"a":[{"exists":false}]}"#, #"{"b":1}"#),
        (#"{"a":[{"exists":false}]}"#, #"{"a":{"b":1}}"#),
        (#"{"a":[{"exists":false}]}"#, #"{"a":[]}"#),
        (#"{"a":[{"exists":false},"x"]}"#, #"{"a":"x"}"#),
        (#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, #"{"a":"10.0.0.255"}"#),
        (#"{"a":[{"cidr":"10.0.0.33/24"}]}"#, #"{"a":"10.0.0.1"}"#),
        (#"{"a":[{"cidr":"10.0.0.1/32"}]}"#, #"{"a":"10.0.0.1"}"#),
        (#"{"a":[{"cidr":"2001:db8:1234:1a00::/64"}]}"#, #"{"a":"2001:0db8:1234:1a00:0:0:0:7"}"#),
        (#"{"a":["2001:db8::1"]}"#, #"{"a":"2001:0DB8:0:0:0:0:0:1"}"#),
        (#"{"a":[{"wildcard":"dir/*.png"}]}"#, #"{"a":"dir/a/b.png"}"#),
        (#"{"a":[{"wildcard":"*"}]}"#, #"{"a":""}"#),
        (#"{"a":[{"wildcard":"x\\*\\\\*"}]}"#, #"{"a":"x*\\y"}"#),
        (#"{"a":[{"wildcard":"*ab*ab"}]}"#, #"{"a":"abab"}"#),
        (#"{"a":[{"wildcard":"x*aab*y"}]}"#, #"{"a":"xaaaaby"}"#),
        (#"{"a":[{"wildcard":"*abab*abac*"}]}"#, #"{"a":"abaababababac"}"#),
        (#"{"$or":[{"a":["x"]},{"b":["y"]}]}"#, #"{"b":"y"}"#),
        (
            #"{"s":["q"],"$or":[{"a":["x"]},{"b":["y"],"$or":[{"c":[1]},{"d":[2]}]}]}"#,
            #"{"s":"q","b":"y","d":2}"#
        ),
        (
            #"{"d":{"$or":[{"c":[{"numeric":[">",0]}]},{"x":[{"anything-but":1}]}]}}"#,
            #"{"d":{"x":2}}"#
        ),
        (#"{"a":["x"],"a":["y"]}"#, #"{"a":"y"}"#),
        (#"{"e":{"a":[1],"b":[2]}}"#, #"{"e":[{"a":1,"b":1},{"a":1,"b":2}]}"#),
    ])
    func match(pattern: String, event: String) throws {
        #expect(try matches(pattern, event))
    }

    @Test(arguments: [
        (#"{"a":["x"]}"#, #"{"a":"X"}"#), (#"{"a":["x"]}"#, #"{"A":"x"}"#),
        (#"{"a":["é"]}"#, #"{"a":"e\u0301"}"#), (#"{"a":["5"]}"#, #"{"a":5}"#),
        (#"{"a":[5]}"#, #"{"a":"5"}"#), (#"{"a":[true]}"#, #"{"a":"true"}"#),
        (#"{"a":[null]}"#, #"{"a":[]}"#), (#"{"a":[null]}"#, #"{}"#),
        (#"{"a":[123456789012]}"#, #"{"a":123456789012.0}"#),
        (#"{"a":["x"]}"#, #"{"a":{"b":"x"}}"#),
        (#"{"a":[{"prefix":"1"}]}"#, #"{"a":123}"#),
        (#"{"a":[{"anything-but":"x"}]}"#, #"{}"#),
        (#"{"a":[{"anything-but":"x"}]}"#, #"{"a":["x","x"]}"#),
        (#"{"a":[{"anything-but":[1,2]}]}"#, #"{"a":2.0}"#),
        (#"{"a":[{"anything-but":{"prefix":["x","y"]}}]}"#, #"{"a":"yz"}"#),
        (#"{"a":[{"anything-but":{"equals-ignore-case":"X"}}]}"#, #"{"a":"x"}"#),
        (#"{"a":[{"anything-but":{"wildcard":"*/lib/*"}}]}"#, #"{"a":"/usr/lib/b"}"#),
        (#"{"a":[{"numeric":[">",0,"<=",5]}]}"#, #"{"a":0}"#),
        (#"{"a":[{"numeric":["<",10]}]}"#, #"{"a":"5"}"#),
        (#"{"a":[{"numeric":["<",10]}]}"#, #"{"a":null}"#),
        (#"{"a":[{"numeric":["<",10]}]}"#, #"{"a":-5000000001}"#),
        (#"{"a":[{"exists":true}]}"#, #"{"a":[]}"#),
        (#"{"a":[{"exists":true}]}"#, #"{"a":{"b":1}}"#),
        (#"{"a":[{"exists":false}]}"#, #"{"a":null}"#),
        (#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, #"{"a":"10.0.1.0"}"#),
        (#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, #"{"a":"bad"}"#),
        (#"{"a":[{"cidr":"::/0"}]}"#, #"{"a":"10.0.0.1"}"#),
        (#"{"a":[{"wildcard":"dir/*.png"}]}"#, #"{"a":"dir.png"}"#),
        (#"{"a":[{"wildcard":"ab*ba"}]}"#, #"{"a":"aba"}"#),
        (#"{"$or":[{"a":["x"]},{"b":["y"]}]}"#, #"{"a":"y","b":"x"}"#),
        // Fields within an array have to match in the same element.
        (#"{"e":{"a":[1],"b":[2]}}"#, #"{"e":[{"a":1,"b":1},{"a":2,"b":2}]}"#),
        (#"{"e":{"n":{"a":[1],"b":[2]}}}"#, #"{"e":[{"n":[{"a":1}]},{"n":[{"b":2}]}]}"#),
    ])
    func mismatch(pattern: String, event: String) throws {
        #expect(try !matches(pattern, event))
    }

    /// Messages that EventBridge was seen to give, its places included.
    @Test(arguments: [
        (#"{"int": 42}"#, #""int" must be an object or an array"#, 11),
        (#"{"string": "my-value"}"#, #""string" must be an object or an array"#, 13),
        (#"{"resources": []}"#, "Empty arrays are not allowed", 17),
        (#"["not", "a"]"#, "Filter is not an object", 2),
        (#"{"source": ["aws.health"], "detail": {}}"#, "Empty objects are not allowed", 40),
        (#"{"detail": {"equal": [{"NUMERIC": ["=", 5]}]}}"#, "Unrecognized match type NUMERIC", 36),
        (#"{"my_key": [{"EXISTS": true}]}"#, "Unrecognized match type EXISTS", 28),
        (
            #"{"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}}"#,
            "Bad numeric range operator: >", 49
        ),
        (
            #"{"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}}"#,
            "Value of < must be numeric", 50
        ),
        (
            #"{"detail-type": [{"equals-ignore-case": ["x"]}]}"#,
            "equals-ignore-case match pattern must be a string", 42
        ),
        (
            #"{"detail": {"state": [{"anything-but": {"equals-ignore-case": 123}}]}}"#,
            "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not "
                + "supported.", 66
        ),
        (#"{"time": [{"prefix": ["2022-07-13"]}]}"#, "prefix match pattern must be a string", 23),
        (#"{"time": [{"prefix": 123}]}"#, "prefix match pattern must be a string", 25),
        (#"{"EventBusArn": [{"wildcard": 123}]}"#, "wildcard match pattern must be a string", 34),
        (
            #"{"detail": {"FileName": [{"anything-but": {"prefix": {"equals-ignore-case": 1}}}]}}"#,
            "Value of anything-but must be an array or single string/number value.", 55
        ),
        (
            "this is no JSON",
            "Unrecognized token 'this': was expecting (JSON String, Number, Array, Object or token "
                + "'null', 'true' or 'false')", 5
        ),
        (
            "{'bad': 'quotation'}",
            "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
            2
        ),
    ])
    func refusal(pattern: String, reason: String, column: Int) {
        let place = #"[Source: (String)"\#(pattern)"; line: 1, column: \#(column)]"#
        #expect(throws: EventPatternError(reason: "\(reason)\n at \(place)")) {
            try EventPattern(parsing: pattern)
        }
    }

    @Test(arguments: [
        (#"{"a":[{"cidr":"10.0.0.0"}]}"#, "Malformed CIDR, one '/' required"),
        (#"{"a":[{"cidr":"10.0.0.0/x"}]}"#, "Malformed CIDR, mask bits must be an integer"),
        (#"{"a":[{"cidr":"xx.11.xx/8"}]}"#, "Nonstandard IP address: xx.11.xx"),
        (#"{"a":[{"cidr":"xxxx:db8::/64"}]}"#, "Nonstandard IP address: xxxx:db8::"),
        (
            #"{"a":[{"wildcard":"*:*:*:*:*:event-bus/*"}]}"#,
            "Rule is too complex - try using fewer wildcard characters or fewer repeating "
                + "character sequences after a wildcard character"
        ),
    ])
    func refusalWithoutPlace(pattern: String, reason: String) {
        #expect(throws: EventPatternError(reason: reason)) { try EventPattern(parsing: pattern) }
    }

    @Test(arguments: [
        #"{"a":[[1]]}"#, #"{"a":[{}]}"#, #"{"a":[{"prefix":"x","suffix":"y"}]}"#,
        #"{"a":[{"numeric":[">",6e9]}]}"#, #"{"a":[{"numeric":[">",5,"<",5]}]}"#,
        #"{"a":[{"numeric":["<",1,">",0]}]}"#, #"{"a":[{"numeric":">"}]}"#,
        #"{"a":[{"anything-but":[]}]}"#, #"{"a":[{"anything-but":[1,"x"]}]}"#,
        #"{"a":[{"anything-but":null}]}"#, #"{"a":[{"anything-but":["x",null]}]}"#,
        #"{"a":[{"anything-but":{"prefix":""}}]}"#, #"{"a":[{"anything-but":{"cidr":"x"}}]}"#,
        #"{"a":[{"exists":"true"}]}"#, #"{"a":[{"wildcard":"a**b"}]}"#,
        #"{"a":[{"wildcard":"a\\b"}]}"#, #"{"$or":[{"a":[1]}]}"#, #"{"$or":{"a":[1]}}"#,
        #"{"$or":[{"prefix":["x"]},{"a":[1]}]}"#, #"{}"#, "", #"{"a":["x"]"#, #"{"a":["x"]} x"#,
        #"{"a":["x" "y"]}"#, #"{"a" ["x"]}"#, #"{"a":["\q"]}"#, #"{"a":[1.]}"#, #"{"a":["x]}"#,
    ])
    func refused(pattern: String) {
        #expect(throws: EventPatternError.self) { try EventPattern(parsing: pattern) }
    }

    @Test
    func theAlternativesOfOrAreBounded() {
        let or = "\"$or\":[" + (0..<11).map { "{\"f\($0)\":[1]}" }.joined(separator: ",") + "]"
        let pattern = "{\"a\":{\(or)},\"b\":{\(or)},\"c\":{\(or)}}"
        #expect(throws: EventPatternError.self) { try EventPattern(parsing: pattern) }
    }

    /// However many elements match each field, what was found to lead nowhere is not looked at
    /// again.
    @Test
    func largeArraysAreSearchedOnce() throws {
        let elements = (0..<300).map { #"{"a":1,"b":\#($0),"c":1}"# }.joined(separator: ",")
        let pattern = #"{"e":{"a":[1],"b":[{"numeric":[">=",0]}],"c":[2]},"f":{"a":[1],"c":[1]}}"#
        #expect(try !matches(pattern, "{\"e\":[\(elements)],\"f\":[\(elements)]}"))
    }

    @Test
    func exactStringsAreKnown() throws {
        let pattern = try EventPattern(parsing: #"{"source":["a","b"],"detail":{"x":[1]}}"#)
        #expect(pattern.exactStrings(of: "source") == [[0x61], [0x62]])
        #expect(pattern.exactStrings(of: "detail-type") == nil)
        let open = try EventPattern(parsing: #"{"source":["a",{"prefix":"b"}]}"#)
        #expect(open.exactStrings(of: "source") == nil)
        let or = try EventPattern(parsing: #"{"$or":[{"source":["a"]},{"x":[1]}]}"#)
        #expect(or.exactStrings(of: "source") == nil)
    }
}
