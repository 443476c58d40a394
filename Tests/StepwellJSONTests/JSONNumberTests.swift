import StepwellJSON
import Testing

@Suite
struct JSONNumberTests {
    private func number(_ text: String) throws -> JSONNumber {
        guard case .number(let number) = try JSONParser.parse(text) else {
            throw JSONNumberTestFailure.notANumber
        }
        return number
    }

    @Test(arguments: [
        "0", "1", "-1", "42", "9223372036854775807", "-9223372036854775808", "1000000",
    ])
    func integers(_ text: String) throws {
        let number = try number(text)
        guard case .integer(let value) = number.storage else {
            Issue.record("\(text) is no integer")
            return
        }
        #expect(value.description == text)
        #expect(number.text == text)
    }

    @Test(arguments: [
        "0.1", "-2.5", "1.0", "0.0", "-0.0", "10.0", "-123456789012345.0", "3.14159",
        "123456789.123456", "0.0001", "0.30000000000000004",
        "1e+22", "5e-324", "1.7976931348623157e+308", "2.2250738585072014e-308", "1e-05",
        "999999999999999.9", "1234567890.12345",
    ])
    func doublesThatPrintAsWritten(_ text: String) throws {
        let number = try number(text)
        guard case .double(let value) = number.storage else {
            Issue.record("\(text) is no double")
            return
        }
        #expect(value == Double(text))
        #expect(number.text == text)
    }

    @Test(arguments: [
        "1.00", "1e2", "1E2", "-0", "-0.00", "0.00", "10.50", "1e400", "-1e400", "0.10",
        "9223372036854775808", "-9223372036854775809", "123456789012345678901234567890",
        "0.1000000000000000055511151231257827", "1e22", "0.00001", "9007199254740993.0",
        "1e-400", "100000000000000000000000000.5",
    ])
    func literalsAreKept(_ text: String) throws {
        let number = try number(text)
        guard case .literal(let kept, let double) = number.storage else {
            Issue.record("\(text) is not kept")
            return
        }
        #expect(kept == text)
        #expect(double == Double(text))
        #expect(JSONWriter.string(.number(number)) == text)
    }

    /// The fast way to a double gives what the slow one gives.
    @Test
    func doublesAreRoundedCorrectly() throws {
        var random = LinearCongruence(state: 7)
        for _ in 0..<20_000 {
            let digits = String(random.next() % 10_000_000_000_000_000)
            let split = Int(random.next() % 16) + 1
            let text = "\(digits.prefix(split)).\(digits.dropFirst(split))1"
            let number = try number(text)
            #expect(number.double == Double(text))
            #expect(number.text == text)
        }
    }

    @Test
    func everyDoubleReadsBackTheSame() throws {
        var random = LinearCongruence(state: 11)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: random.next())
            guard let number = JSONNumber(finite: value) else {
                continue
            }
            let again = try self.number(JSONWriter.string(.number(number)))
            #expect(again.double == value)
            #expect(again == number)
        }
    }

    @Test(arguments: [
        (1.0, "1.0"), (-3.0, "-3.0"), (0.5, "0.5"), (100.0, "100.0"),
        (9_007_199_254_740_992, "9007199254740992.0"),
        (1e22, "1e+22"), (-0.0, "-0.0"), (123.456, "123.456"),
        (0.30000000000000004, "0.30000000000000004"),
        (1e-7, "1e-07"), (19.99, "19.99"), (-0.1, "-0.1"), (1.0 / 3, "0.3333333333333333"),
        (12345678.9, "12345678.9"), (0.0001, "0.0001"),
    ])
    func computedDoubles(_ value: Double, _ text: String) {
        #expect(JSONNumber(value).text == text)
        #expect(JSONWriter.string(.number(JSONNumber(value))) == text)
    }

    @Test(arguments: [
        ("1", "1.0"), ("1", "10e-1"), ("0", "-0"), ("0", "0e99"), ("1e2", "100"),
        ("0.1", "0.10"), ("1e400", "10e399"), ("123456789012345678901", "123456789012345678901.0"),
    ])
    func equal(_ left: String, _ right: String) throws {
        #expect(try number(left) == number(right))
        #expect(try number(right) == number(left))
    }

    @Test(arguments: [
        ("1", "-1"), ("9007199254740993", "9007199254740992.0"), ("1e400", "2e400"),
        ("123456789012345678901", "123456789012345678902"), ("1e-400", "0"), ("1e400", "-1e400"),
        ("0.1", "0.1000000000000000055511151231257827"),
    ])
    func unequal(_ left: String, _ right: String) throws {
        #expect(try number(left) != number(right))
        #expect(try number(right) != number(left))
    }

    @Test(arguments: [
        ("7", 7), ("7.0", 7), ("70e-1", 7), ("-0", 0), ("9223372036854775807.0", Int64.max),
        ("-9223372036854775808.00", Int64.min), ("0e999999999999999999999", 0),
    ])
    func integral(_ text: String, _ value: Int64) throws {
        #expect(try number(text).integer == value)
    }

    @Test(arguments: ["7.5", "9223372036854775808", "1e400", "0.1e0", "1e99999999999999999999"])
    func notIntegral(_ text: String) throws {
        #expect(try number(text).integer == nil)
    }

    @Test
    func onlyFiniteNumbersExist() {
        #expect(JSONNumber(finite: .infinity) == nil)
        #expect(JSONNumber(finite: .nan) == nil)
        #expect(JSONNumber(finite: 1.5) == JSONNumber(1.5))
    }

    @Test
    func anInfiniteDoubleIsATrap() async {
        await #expect(processExitsWith: .failure) {
            _ = JSONNumber(Double.infinity)
        }
    }
}

private enum JSONNumberTestFailure: Error {
    case notANumber
}
