import StepwellJSON
import Testing

@Suite
struct JSONObjectTests {
    private func key(_ number: UInt64) -> String { "member number \(number)" }

    /// The same random changes to an object and to a plain list of pairs, small and large.
    @Test(arguments: [4, 16, 17, 40, 400] as [UInt64])
    func changesAgreeWithAModel(_ keys: UInt64) {
        var random = LinearCongruence(state: keys)
        var object = JSONObject()
        var model: [(String, JSONValue)] = []
        for step in 0..<3000 {
            let key = key(random.next() % keys)
            let value = JSONValue.number(JSONNumber(Int64(step)))
            let place = model.firstIndex { $0.0 == key }
            switch random.next() % 4 {
            case 0:
                let removed = object.removeValue(forKey: key)
                #expect(removed == place.map { model[$0].1 })
                if let place { model.remove(at: place) }
            default:
                object[key] = value
                if let place { model[place].1 = value } else { model.append((key, value)) }
            }
            #expect(object.count == model.count)
            let sought = self.key(random.next() % keys)
            #expect(object[sought] == model.first { $0.0 == sought }?.1)
        }
        #expect(object.keys == model.map(\.0))
        #expect(object.values == model.map(\.1))
    }

    @Test
    func aCopyIsIndependent() {
        var first = JSONObject((0..<30).map { (key($0), JSONValue.null) })
        let second = first
        first[key(3)] = .bool(true)
        first[key(99)] = .bool(true)
        first[key(5)] = nil
        #expect(second.count == 30)
        #expect(second[key(3)] == .null)
        #expect(second[key(5)] == .null)
        #expect(second[key(99)] == nil)
        #expect(first[key(99)] == .bool(true))
    }

    @Test(arguments: [2, 16, 17, 100] as [UInt64])
    func equalityIgnoresOrder(_ count: UInt64) {
        let pairs = (0..<count).map { (key($0), JSONValue.string(key($0))) }
        let object = JSONObject(pairs)
        var reversed = JSONObject(pairs.reversed())
        #expect(object == reversed)
        reversed[key(0)] = .null
        #expect(object != reversed)
        reversed[key(0)] = nil
        #expect(object != reversed)
        reversed["another"] = .string(key(0))
        #expect(object != reversed)
    }

    @Test
    func keysAreComparedByBytes() {
        var object = JSONObject()
        object["\u{E9}"] = .bool(true)
        object["e\u{301}"] = .bool(false)
        #expect(object.count == 2)
        #expect(object["\u{E9}"] == .bool(true))
        #expect(JSONObject([("\u{E9}", .null)]) != JSONObject([("e\u{301}", .null)]))
    }

    @Test
    func uniqueMembersAreFound() {
        let object = JSONObject(
            uniqueMembers: ContiguousArray((0..<50).map { (key: key($0), value: .string(key($0))) })
        )
        for number: UInt64 in 0..<50 {
            #expect(object[key(number)] == .string(key(number)))
        }
        #expect(object[key(50)] == nil)
    }

    @Test
    func aParsedObjectGoesOnGrowing() throws {
        for count in [15, 16, 17, 70] as [UInt64] {
            let parts = (0..<count).map { "\"\(key($0))\":\($0)" }
            let text = "{" + parts.joined(separator: ",") + "}"
            guard case .object(var object) = try JSONParser.parse(text) else {
                Issue.record("not an object")
                return
            }
            object[key(count)] = .null
            object[key(count + 1)] = .null
            object[key(0)] = .bool(true)
            #expect(object.count == Int(count) + 2)
            #expect(object[key(count - 1)] == .number(JSONNumber(Int64(count - 1))))
            #expect(object[key(count + 1)] == .null)
        }
    }

    @Test
    func changeInPlace() {
        var object = JSONObject()
        object["list", default: .array([])] = .array([.null])
        if case .array(let list) = object["list", default: .null] {
            #expect(list == [.null])
        } else {
            Issue.record("no list")
        }
        object["list", default: .null] = .bool(true)
        #expect(object.count == 1)
        #expect(object["list"] == .bool(true))
    }
}
