import StepwellHistory
import Testing

@Suite("Payloads in the binary form of a turn")
struct TurnPayloadTests {
    private static let text = Array(#"{"long":"0123456789012345678901234567890123456789"}"#.utf8)
    private static let first = Ordinal(1000)

    private static func held(_ ordinal: UInt64, _ field: UInt8 = 0) -> Payload {
        Payload(text: text, location: PayloadLocation(ordinal: Ordinal(ordinal), field: field))
    }

    private static func entered(_ input: Payload) -> HistoryEventBody {
        .stateEntered(.pass, StateEnteredDetails(name: "S", input: input))
    }

    private static func locations(_ turn: Turn) -> [PayloadLocation?] {
        turn.records.map {
            guard case .event(let event) = $0.body, case .stateEntered(_, let details) = event.body
            else { return nil }
            return details.input.location
        }
    }

    @Test("A text is stored once, and all who refer to it share it")
    func sharing() throws {
        let once = Samples.turn(events: [Self.entered(Self.held(1000))])
        let thrice = Samples.turn(
            events: [Self.held(1000), Self.held(1000), Self.held(1000)].map(Self.entered)
        )
        let single = TurnCodec.encode(once, previous: .origin).bytes
        let bytes = TurnCodec.encode(thrice, previous: .origin).bytes
        #expect(bytes.count < single.count + 2 * 12)
        let decoded = try TurnCodec.decode(bytes) { _ in nil }
        #expect(decoded == thrice)
        let location = PayloadLocation(ordinal: Self.first)
        #expect(Self.locations(decoded) == [location, location, location])
    }

    @Test("A text that no record holds yet is located where it is written")
    func inline() throws {
        let fresh = Samples.turn(events: [Self.entered(Payload(text: Self.text))])
        let decoded = try TurnCodec.decode(TurnCodec.encode(fresh, previous: .origin).bytes) { _ in
            nil
        }
        #expect(decoded == fresh)
        #expect(Self.locations(decoded) == [PayloadLocation(ordinal: Self.first)])
    }

    @Test("A text of an earlier turn is asked for")
    func earlier() throws {
        let turn = Samples.turn(events: [Self.entered(Self.held(999, 3))])
        let bytes = TurnCodec.encode(turn, previous: .origin).bytes
        let wanted = PayloadLocation(ordinal: Ordinal(999), field: 3)
        var asked: [PayloadLocation] = []
        let decoded = try TurnCodec.decode(bytes) { location in
            asked.append(location)
            return Self.text
        }
        #expect(asked == [wanted])
        #expect(decoded == turn)
        #expect(Self.locations(decoded) == [wanted])
        #expect(throws: TurnCodecError(.unresolved(wanted))) {
            try TurnCodec.decode(bytes) { _ in nil }
        }
        let text = TurnCodecError(.unresolved(wanted)).description
        #expect(text == "the turn refers to payload 3 of record 999, which was not found")
    }

    @Test("A location that is not before its place is not trusted, the text is written")
    func laterLocation() throws {
        let turn = Samples.turn(events: [Self.entered(Self.held(5000))])
        let decoded = try TurnCodec.decode(TurnCodec.encode(turn, previous: .origin).bytes) { _ in
            nil
        }
        #expect(decoded == turn)
        #expect(Self.locations(decoded) == [PayloadLocation(ordinal: Self.first)])
    }

    @Test("Variables refer to lower fields of their own record; from the 255th on they hold texts")
    func variables() throws {
        let output = Self.held(1000)
        let variables = (1...300).map { number in
            AssignedVariable(
                name: "v\(number)",
                value: number == 2 ? output : Payload(text: Array("\(number)".utf8))
            )
        }
        let details = StateExitedDetails(
            name: "S",
            output: output,
            assignedVariables: variables
        )
        let turn = Samples.turn(events: [.stateExited(.pass, details)])
        let bytes = TurnCodec.encode(turn, previous: .origin).bytes
        let decoded = try TurnCodec.decode(bytes) { _ in nil }
        #expect(decoded == turn)
        guard case .event(let event) = decoded.records[0].body,
            case .stateExited(_, let read) = event.body
        else { throw TestFailure("no exit") }
        let locations = read.assignedVariables.map(\.value.location)
        #expect(locations[0] == PayloadLocation(ordinal: Self.first, field: 1))
        #expect(locations[1] == PayloadLocation(ordinal: Self.first, field: 0))
        #expect(locations[253] == PayloadLocation(ordinal: Self.first, field: 254))
        #expect(locations[254...].allSatisfy { $0 == nil })
    }

    @Test("More names than are numbered come back too")
    func manyNames() throws {
        let events = (0..<400).map { number in
            HistoryEventBody.stateEntered(
                .pass,
                StateEnteredDetails(name: "state \(number % 200)", input: Samples.payload("1"))
            )
        }
        let turn = Samples.turn(events: events)
        let decoded = try TurnCodec.decode(TurnCodec.encode(turn, previous: .origin).bytes) { _ in
            nil
        }
        #expect(decoded == turn)
    }

    @Test("Names that Unicode holds for equal stay apart")
    func unicodeNames() throws {
        let names = ["e\u{301}", "\u{E9}"]
        let events = names.map {
            HistoryEventBody.mapIteration(.started, MapIterationDetails(name: $0, index: 0))
        }
        let bytes = TurnCodec.encode(Samples.turn(events: events), previous: .origin).bytes
        let decoded = try TurnCodec.decode(bytes) { _ in nil }
        let read = decoded.records.compactMap { record -> String? in
            guard case .event(let event) = record.body,
                case .mapIteration(_, let details) = event.body
            else { return nil }
            return details.name
        }
        #expect(read.map { Array($0.utf8) } == names.map { Array($0.utf8) })
    }
}
