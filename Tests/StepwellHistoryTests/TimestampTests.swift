import StepwellHistory
import Testing

@Suite("Times as text")
struct TimestampTests {
    @Test("Written as AWS writes it")
    func written() {
        for (milliseconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1, "1970-01-01T00:00:00.001Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_795_380_240_123, "2026-11-22T20:44:00.123Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)] {
            #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
        }
    }

    @Test("The days of 400 years follow one another as a calendar has them")
    func everyDay() {
        var milliseconds: Int64 = 946_684_800_000
        for year in 2000..<2400 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for (month, length) in lengths.enumerated() {
                for day in 1...length {
                    let text = Timestamp(milliseconds: milliseconds).rfc3339
                    let date = "\(year)-\(Self.two(month + 1))-\(Self.two(day))T00:00:00.000Z"
                    if text != date { Issue.record("\(date) is written \(text)") }
                    milliseconds += 86_400_000
                }
            }
        }
    }

    @Test("The ends of the range do not trap, nor do sums beyond it")
    func ends() {
        #expect(Timestamp(milliseconds: .max).rfc3339 == "292278994-08-17T07:12:55.807Z")
        #expect(Timestamp(milliseconds: .min).rfc3339 == "-292275055-05-16T16:47:04.192Z")
        let late = Timestamp(milliseconds: .max - 1)
        #expect(late.advanced(byMilliseconds: 5).milliseconds == .max)
        let early = Timestamp(milliseconds: .min + 1)
        #expect(early.advanced(byMilliseconds: -5).milliseconds == .min)
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
