import StepwellJSON
import Testing

@Suite
struct JSONValueTests {
    private let value: JSONValue = [
        "name": "x", "count": 3, "ratio": 0.5, "yes": true, "none": .null, "list": [1, "two", [:]],
    ]

    @Test
    func literals() throws {
        let text = #"{"name":"x","count":3,"ratio":0.5,"yes":true,"none":null,"list":[1,"two",{}]}"#
        #expect(value.description == text)
        #expect(try JSONValue(parsing: text) == value)
        let object: JSONObject = ["b": 1, "a": 2, "b": 3]
        #expect(object.description == #"{"b":3,"a":2}"#)
    }

    @Test
    func access() {
        #expect(value["name"]?.stringValue == "x")
        #expect(value["count"]?.intValue == 3)
        #expect(value["ratio"]?.doubleValue == 0.5)
        #expect(value["count"]?.doubleValue == 3)
        #expect(value["ratio"]?.intValue == nil)
        #expect(value["yes"]?.boolValue == true)
        #expect(value["none"]?.isNull == true)
        #expect(value["list"]?.arrayValue?.count == 3)
        #expect(value["list"]?[1] == "two")
        #expect(value.objectValue?.count == 6)
    }

    @Test
    func whatIsNotThere() {
        #expect(value["other"] == nil)
        #expect(value[0] == nil)
        #expect(value["list"]?[3] == nil)
        #expect(value["list"]?[-1] == nil)
        #expect(value["list"]?["x"] == nil)
        let text: JSONValue = "text"
        #expect(text.intValue == nil && text.doubleValue == nil && text.boolValue == nil)
        #expect(text.arrayValue == nil && text.objectValue == nil && !text.isNull)
        #expect(value.stringValue == nil)
    }

    @Test
    func differentKindsAreUnequal() {
        let kinds: [JSONValue] = [.null, false, 0, "", [], [:]]
        for (left, one) in kinds.enumerated() {
            for (right, other) in kinds.enumerated() {
                #expect((one == other) == (left == right))
            }
        }
    }

    @Test
    func badTextIsAnError() {
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: "{") }
    }
}
