import Foundation
import StepwellHistory
import Testing

@testable import StepwellTriggers

/// Reading the time zone database.
struct ZoneTests {
    /// A file of the database with 64-bit times, as RFC 9636 draws it.
    private func file(
        _ changes: [(Int64, UInt8)],
        types: [Int32],
        footer: String,
        version: UInt8 = 0x32
    ) -> [UInt8] {
        func header(_ times: Int, _ types: Int) -> [UInt8] {
            var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
            for count in [0, 0, 0, times, types, 4] { bytes += big(Int32(count)) }
            return bytes
        }
        func big(_ value: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: value.bigEndian) { Array($0) }
        }
        let names = Array("ABC\0".utf8)
        let old = header(0, 1) + big(Int32(0)) + [0, 0] + names
        var new = header(changes.count, types.count)
        for (time, _) in changes { new += big(time) }
        new += changes.map(\.1)
        for offset in types { new += big(offset) + [0, 0] }
        return old + new + names + Array("\n\(footer)\n".utf8)
    }

    @Test("changes and the rule behind them")
    func reading() throws {
        let bytes = file(
            [(1_000_000_000, 1), (1_100_000_000, 0), (1_100_000_001, 0)],
            types: [3_600, 7_200],
            footer: "CET-1CEST,M3.5.0,M10.5.0/3"
        )
        let zone = try #require(ZoneFile(bytes).rules(name: "A/B"))
        func offset(_ seconds: Int64) -> Int64 {
            zone.offset(at: Timestamp(milliseconds: seconds * 1_000))
        }
        #expect(offset(0) == 3_600)
        #expect(offset(1_000_000_000) == 7_200)
        #expect(offset(1_100_000_000) == 3_600)
        // 29 March 2026, 01:00 UTC, and 25 October.
        #expect(offset(1_774_745_999) == 3_600)
        #expect(offset(1_774_746_000) == 7_200)
        #expect(offset(1_792_889_999) == 7_200)
        #expect(offset(1_792_890_000) == 3_600)
        // Long after what any database lists.
        #expect(zone.clock(at: Timestamp(milliseconds: 7_200_000_000_000)).year == 2198)
    }

    @Test("what is no such file is refused, however it is cut")
    func hostile() {
        let bytes = file([(0, 0)], types: [0], footer: "UTC0")
        #expect(ZoneFile(bytes).rules(name: "A") != nil)
        for length in 0..<bytes.count - 6 {
            #expect(ZoneFile(Array(bytes.prefix(length))).rules(name: "A") == nil)
        }
        let wrongType = file([(0, 9)], types: [0], footer: "UTC0")
        #expect(ZoneFile(wrongType).rules(name: "A") == nil)
        let wrongRule = file([(0, 0)], types: [0], footer: "CET-1CEST,M13.5.0,M10.5.0/3")
        #expect(ZoneFile(wrongRule).rules(name: "A") == nil)
    }

    @Test(
        "rules",
        arguments: [
            ("<-03>3", -10_800, nil),
            ("EST5EDT,M3.2.0,M11.1.0", -18_000, -14_400),
            ("IST-2IDT,M3.4.4/26,M10.5.0", 7_200, 10_800),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -7_200, -3_600),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", 3_600, 0),
            ("AAA-1BBB,J60/0,J300/0", 3_600, 7_200),
        ] as [(String, Int64, Int64?)]
    )
    func rules(text: String, standard: Int64, summer: Int64?) throws {
        let rule = try #require(ZoneRule(text))
        #expect(rule.standard == standard)
        #expect(rule.summer?.offset == summer)
        #expect(rule.changes(after: nil).isEmpty == (summer == nil))
    }

    @Test("names that are none are refused before any file is opened")
    func names() throws {
        let library = ZoneLibrary()
        for name in ["", "/etc/passwd", "../etc/passwd", "Europe//Berlin", "A B", "Mars/Olympus"] {
            #expect(throws: ZoneError.self) { try library.zone(name) }
        }
        #expect(try library.zone("UTC") == TimeZoneRules(name: "UTC"))
        let error = #expect(throws: ZoneError.self) {
            try ZoneLibrary(directory: "/nowhere").zone("Europe/Berlin")
        }
        #expect(error?.description.contains("install tzdata") == true)
    }

    @Test(
        "this machine's database",
        .enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin"))
    )
    func database() throws {
        let library = ZoneLibrary(directory: "/usr/share/zoneinfo")
        let cases: [(String, CivilTime, Int)] = [
            ("Europe/Berlin", CivilTime(2026, 3, 29, 2, 30), 0),
            ("Europe/Berlin", CivilTime(2026, 10, 25, 2, 30), 2),
            ("America/New_York", CivilTime(2040, 3, 11, 2, 30), 0),
            ("America/New_York", CivilTime(2040, 11, 4, 1, 30), 2),
            ("Australia/Lord_Howe", CivilTime(2026, 10, 4, 2, 15), 0),
            ("Australia/Lord_Howe", CivilTime(2026, 4, 5, 1, 45), 2),
            ("Pacific/Apia", CivilTime(2011, 12, 30, 12), 0),
            ("Asia/Kolkata", CivilTime(2026, 12, 30, 12), 1),
        ]
        for (name, clock, count) in cases {
            let instants = try library.zone(name).instants(of: clock)
            #expect(instants.count == count, "\(name) \(clock.text)")
        }
    }
}
