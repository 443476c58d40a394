import Foundation
import Stepwell
import StepwellTesting
import Testing

/// What Foundation's types become in a state machine, and come from it.
@Suite("Payload coding")
struct PayloadCodingTests {
    private struct Everything: Codable, Sendable, Equatable {
        var at: Date
        var bytes: Data
        var link: URL
        var price: Decimal
        var times: [Timestamp]
        var maybe: Date?
    }

    private let all = Everything(
        at: Date(timeIntervalSince1970: 1_795_000_000.123),
        bytes: Data([0, 255]),
        link: URL(filePath: "/a"),
        price: Decimal(string: "12345678901234567890.12") ?? 0,
        times: [Timestamp(milliseconds: 1)],
        maybe: nil
    )

    @Test("dates are texts that the States language reads, bytes Base64, and all come back")
    func defaults() throws {
        let coding = PayloadCoding()
        let json = try coding.encode(all)
        #expect(json["at"] == "2026-11-18T11:06:40.123Z")
        #expect(json["bytes"] == "AP8=")
        #expect(json["link"] == "file:///a")
        #expect(json["price"]?.description == "12345678901234567890.12")
        #expect(json["times"] == ["1970-01-01T00:00:00.001Z"])
        let again = try coding.decode(Everything.self, from: json)
        #expect(Timestamp(again.at) == Timestamp(all.at))
        #expect((again.bytes, again.price, again.times) == (all.bytes, all.price, all.times))
        #expect(again.link == all.link)
    }

    @Test(
        "dates in other forms",
        arguments: [
            (PayloadCoding.DateStrategy.secondsSince1970, JSONValue.number(1_795_000_000.5)),
            (.millisecondsSince1970, 1_795_000_000_500),
            (.deferredToDate, .number(816_692_800.5)),
            (.rfc3339, "2026-11-18T11:06:40.500Z"),
        ]
    )
    func strategies(strategy: PayloadCoding.DateStrategy, expected: JSONValue) throws {
        let coding = PayloadCoding(dates: strategy)
        let date = Date(timeIntervalSince1970: 1_795_000_000.5)
        let json = try coding.encode(["at": date])
        #expect(json["at"]?.doubleValue == expected.doubleValue)
        #expect(json["at"]?.stringValue == expected.stringValue)
        #expect(try coding.decode([String: Date].self, from: json) == ["at": date])
    }

    @Test("an offset and a fraction are read; what is no date is refused with its place")
    func reading() throws {
        let coding = PayloadCoding()
        let read = try coding.decode([Date].self, from: ["2026-11-18T12:06:40.5+01:00"])
        #expect(read == [Date(timeIntervalSince1970: 1_795_000_000.5)])
        let error = #expect(throws: DecodingError.self) {
            try coding.decode([String: Date].self, from: ["at": "yesterday"])
        }
        #expect(error.map { "\($0)" }?.contains("at") == true)
        #expect(throws: EncodingError.self) { try coding.encode([Date.distantFuture + 1e15]) }
    }

    @Test("a Wait until a date of the input waits until then")
    func waits() async throws {
        let directory = try TemporaryDirectory()
        try await WorkflowEngine.withEngine(at: directory.path) {
            $0.clock = VirtualClock()
        } operation: { engine in
            let definition = Definition.json(
                #"""
                {"StartAt": "W", "States": {
                 "W": {"Type": "Wait", "TimestampPath": "$.until", "End": true}}}
                """#
            )
            try await engine.deployStateMachine("waiting", definition: definition)
            let until = Date.now.addingTimeInterval(86_400)
            let execution = try await engine.start("waiting", input: ["until": until])
            let closed = try await execution.waitUntilClosed()
            #expect(try #require(closed.stopDate).date >= until.addingTimeInterval(-0.001))
            #expect(
                try closed.output(as: [String: Date].self)?["until"]?.timeIntervalSince1970
                    .rounded() == until.timeIntervalSince1970.rounded()
            )
        }
    }
}
