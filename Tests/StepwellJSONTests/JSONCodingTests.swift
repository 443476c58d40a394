import Foundation
import StepwellJSON
import Testing

@Suite
struct JSONCodingTests {
    private func roundTrip<Value: Codable & Equatable>(_ value: Value, _ text: String) throws {
        let json = try JSONValueEncoder().encode(value)
        #expect(json.description == text)
        #expect(try JSONValueDecoder().decode(Value.self, from: json) == value)
    }

    @Test
    func structures() throws {
        let order = Order(
            id: 7,
            price: 19.99,
            ratio: 0.1,
            lines: [.init(sku: "a\u{E9}", gift: true), .init(sku: "", gift: nil)],
            labels: ["x": [1, nil, 3]],
            status: .paid(at: "noon")
        )
        try roundTrip(
            order,
            #"{"id":7,"price":19.99,"ratio":0.1,"lines":[{"sku":"aé","gift":true},{"sku":""}],"#
                + #""labels":{"x":[1,null,3]},"status":{"paid":{"at":"noon"}}}"#
        )
    }

    @Test
    func scalars() throws {
        try roundTrip("x", #""x""#)
        try roundTrip(true, "true")
        try roundTrip(Int8(-5), "-5")
        try roundTrip(UInt64.max, "18446744073709551615")
        try roundTrip(UInt128.max, UInt128.max.description)
        try roundTrip(Int128.min, Int128.min.description)
        try roundTrip(2.0, "2.0")
        try roundTrip(Float(0.3), "0.3")
        try roundTrip(Optional<Int>.none, "null")
        try roundTrip([Int](), "[]")
        try roundTrip(Empty(), "{}")
    }

    @Test
    func classesAndNestedContainers() throws {
        let json = try JSONValueEncoder().encode(Derived(name: "n", size: 3))
        #expect(json.description == #"{"size":3,"super":{"name":"n"},"list":[[1],{"k":"v"},null]}"#)
        let again = try JSONValueDecoder().decode(Derived.self, from: json)
        #expect(again.name == "n" && again.size == 3)
    }

    @Test
    func jsonPassesThroughUnchanged() throws {
        let text = #"{"z":1e2,"a":[1.50,12345678901234567890,-0],"b":null}"#
        let value = try JSONValue(parsing: text)
        let wrapped = try JSONValueEncoder().encode(["value": value])
        #expect(wrapped.description == #"{"value":"# + text + "}")
        let again = try JSONValueDecoder().decode([String: JSONValue].self, from: wrapped)
        #expect(again["value"]?.description == text)
        let object = try JSONValueDecoder().decode(JSONObject.self, from: value)
        #expect(object.description == text)
        #expect(try JSONValueEncoder().encode(object).description == text)
        #expect(throws: DecodingError.self) {
            try JSONValueDecoder().decode(JSONObject.self, from: [1])
        }
    }

    @Test
    func otherCoders() throws {
        let value: JSONValue = ["a": [1, 2.5, "x", true, .null, [:]], "b": ["c": []]]
        let data = try JSONEncoder().encode(value)
        #expect(try JSONParser.parse([UInt8](data)) == value)
        #expect(try JSONDecoder().decode(JSONValue.self, from: data) == value)
    }

    @Test(arguments: ["1.0", "10e-1", "1"])
    func integralNumbersAreIntegers(_ text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(try JSONValueDecoder().decode(Int.self, from: value) == 1)
        #expect(try JSONValueDecoder().decode(UInt8.self, from: value) == 1)
        let large = try JSONValue(parsing: "18446744073709551615.0")
        #expect(try JSONValueDecoder().decode(UInt64.self, from: large) == .max)
    }

    @Test(arguments: ["1.5", "256", "-1", "1e400", "\"1\"", "null", "[]"])
    func whatIsNoByte(_ text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(throws: DecodingError.self) {
            try JSONValueDecoder().decode(UInt8.self, from: value)
        }
    }

    @Test
    func outOfRangeIsRefused() throws {
        #expect(throws: EncodingError.self) { try JSONValueEncoder().encode([Double.nan]) }
        #expect(throws: EncodingError.self) { try JSONValueEncoder().encode(-Float.infinity) }
        let large = try JSONValue(parsing: "1e300")
        #expect(throws: DecodingError.self) {
            try JSONValueDecoder().decode(Float.self, from: large)
        }
        #expect(throws: DecodingError.self) {
            try JSONValueDecoder().decode(Double.self, from: JSONValue(parsing: "1e400"))
        }
    }

    @Test
    func errorsNameTheirPlace() throws {
        let value: JSONValue = [
            "id": 1, "price": 1, "ratio": 1, "labels": [:],
            "lines": [["sku": "a"], ["sku": 5]], "status": ["paid": ["at": "x"]],
        ]
        let error = try #require(throws: DecodingError.self) {
            try JSONValueDecoder().decode(Order.self, from: value)
        }
        guard case .typeMismatch(_, let context) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(context.codingPath.map(\.stringValue) == ["lines", "1", "sku"])
        #expect(context.debugDescription == "expected a string, found a number")
    }

    @Test
    func missingMembersAreNamed() throws {
        let error = try #require(throws: DecodingError.self) {
            try JSONValueDecoder().decode(Line.self, from: [:])
        }
        guard case .keyNotFound(let key, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(key.stringValue == "sku")
    }

    @Test
    func arraysEnd() throws {
        #expect(throws: DecodingError.self) {
            try JSONValueDecoder().decode(Pair.self, from: [1])
        }
        let pair = try JSONValueDecoder().decode(Pair.self, from: [1, 2])
        #expect(pair.first == 1 && pair.second == 2)
    }
}
