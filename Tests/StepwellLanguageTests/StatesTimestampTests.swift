import StepwellLanguage
import Testing

/// Timestamps (ASL specification, "Timestamps"; the recorded refusals).
@Suite("Timestamps")
struct StatesTimestampTests {
    @Test(
        "What is one",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1),
            ("2016-03-14T01:59:00Z", 1_457_920_740_000),
            ("2016-03-14T01:59Z", 1_457_920_740_000),
            ("2016-03-14T01:59:00.5+01:00", 1_457_917_140_500),
            ("2016-03-14T01:59:00.123456789-00:30", 1_457_922_540_123),
            ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("0000-03-01T00:00:00Z", -62_162_035_200_000),
            ("9999-12-31T23:59:59Z", 253_402_300_799_000),
        ]
    )
    func valid(text: String, milliseconds: Int64) {
        #expect(StatesTimestamp(parsing: text)?.milliseconds == milliseconds)
    }

    @Test(
        "What is none",
        arguments: [
            "", "2016-03-14", "2016-03-14T01:59:00", "2016-03-14 01:59:00Z",
            "2016-13-14T01:59:00Z", "2016-03-32T01:59:00Z", "2016-03-14T25:59:00Z",
            "2016-03-14T01:60:00Z", "2016-03-14T01:59:60Z", "1900-02-29T00:00:00Z",
            "05-12-2016T21:29:29Z", "2016-03-14T01:59:00.Z", "2016-03-14T01:59:00.1234567890Z",
            "2016-03-14T01:59:00+1:00", "2016-03-14T01:59:00+19:00", "2016-03-14T01:59:00Zz",
            "2016-03-14t01:59:00Z", "2016-03-14T01:59:00z", " 2016-03-14T01:59:00Z",
        ]
    )
    func invalid(text: String) {
        #expect(StatesTimestamp(parsing: text) == nil)
    }
}
