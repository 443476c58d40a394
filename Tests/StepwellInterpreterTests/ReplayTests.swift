import StepwellHistory
import StepwellInterpreter
import StepwellJSON
import StepwellReplay
import Testing

/// A log that was altered and digested again consistently is found by deriving it again.
@Suite("Replay finds altered logs")
struct ReplayTests {
    /// A choice, a random value, a retry with back-off, a Map: something of everything.
    static let machine = """
        {"StartAt": "Draw", "States": {
          "Draw": {"Type": "Pass", "Parameters": {"id.$": "States.UUID()", "n.$": "$.n"},
                   "Next": "Decide"},
          "Decide": {"Type": "Choice", "Default": "Small",
            "Choices": [{"Variable": "$.n", "NumericGreaterThan": 5, "Next": "Large"}]},
          "Small": {"Type": "Pass", "Next": "Work"},
          "Large": {"Type": "Pass", "Next": "Work"},
          "Work": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
            "Retry": [{"ErrorEquals": ["Flaky"], "IntervalSeconds": 2, "JitterStrategy": "FULL"}],
            "ResultPath": "$.work", "Next": "Each"},
          "Each": {"Type": "Map", "ItemsPath": "$.work.items", "ItemProcessor": {
            "StartAt": "One", "States": {"One": {"Type": "Pass", "End": true}}}, "End": true}
        }}
        """

    static func driver() throws -> Driver {
        var driver = try Driver(machine)
        try driver.start(#"{"n": 9}"#)
        var attempts = 0
        try driver.run { task in
            attempts += 1
            return attempts < 3
                ? .taskFailed(task.ordinal, Failure(error: "Flaky", cause: "again"))
                : .taskSucceeded(
                    task.ordinal,
                    output: Payload(text: Array(#"{"items":[1,2]}"#.utf8))
                )
        }
        #expect(driver.state.status == .succeeded)
        return driver
    }

    /// Verifies a log of which `alter` changed one turn; every digest is made anew.
    static func verify(
        _ alter: (inout Turn) -> Bool
    ) throws -> (altered: Bool, divergence: Divergence?) {
        let driver = try driver()
        var digest = TurnDigest.origin
        var texts: [PayloadLocation: [UInt8]] = [:]
        var altered = false
        var replayer = Replayer(
            execution: driver.state.execution,
            definition: driver.state.definition,
            verifying: true
        )
        for bytes in driver.turns {
            var turn = try TurnCodec.decode(bytes) { texts[$0] }
            for payload in turn.records.flatMap(\.payloads) {
                if let location = payload.location { texts[location] = payload.text }
            }
            if !altered { altered = alter(&turn) }
            let encoded = TurnCodec.encode(turn, previous: digest)
            digest = encoded.digest
            if let divergence = try replayer.take(encoded.bytes) { return (altered, divergence) }
        }
        return (altered, nil)
    }

    static func alterFirst(
        _ change: @escaping (RecordBody) -> RecordBody?
    ) -> (inout Turn) -> Bool {
        { turn in
            for index in turn.records.indices {
                if let body = change(turn.records[index].body) {
                    turn.records[index].body = body
                    return true
                }
            }
            return false
        }
    }

    @Test("an untouched log agrees")
    func untouched() throws {
        let result = try Self.verify { _ in false }
        #expect(result.divergence == nil)
        #expect(try Self.driver().replayed() == nil)
    }

    @Test("a state's output")
    func output() throws {
        let result = try Self.verify(
            Self.alterFirst { body in
                guard case .event(var event) = body,
                    case .stateExited(let type, var details) = event.body, details.name == "Large"
                else { return nil }
                details.output = Payload(text: Array(#"{"n":10}"#.utf8))
                event.body = .stateExited(type, details)
                return .event(event)
            }
        )
        #expect(result.altered)
        #expect(result.divergence?.recorded != result.divergence?.derived)
        #expect(result.divergence != nil)
    }

    @Test("the choice taken")
    func choice() throws {
        let result = try Self.verify(
            Self.alterFirst { body in
                guard case .engine(.ruleMatched) = body else { return nil }
                return .engine(.ruleMatched(index: nil))
            }
        )
        #expect(result.altered)
        #expect(result.divergence?.derived != nil)
    }

    @Test("a back-off")
    func backoff() throws {
        let result = try Self.verify(
            Self.alterFirst { body in
                guard
                    case .engine(.retryScheduled(let retrier, let attempt, let delay, let due)) =
                        body
                else { return nil }
                return .engine(
                    .retryScheduled(
                        retrier: retrier,
                        attempt: attempt,
                        delay: delay + 1,
                        due: due.advanced(byMilliseconds: 1)
                    )
                )
            }
        )
        #expect(result.altered)
        #expect(result.divergence?.derived != nil)
    }

    @Test("a random value")
    func random() throws {
        let result = try Self.verify(
            Self.alterFirst { body in
                guard case .engine(.randomDrawn(.uuid, _)) = body else { return nil }
                let uuid = "00000000-0000-4000-8000-000000000000"
                return .engine(.randomDrawn(.uuid, value: uuid))
            }
        )
        #expect(result.altered)
        #expect(result.divergence?.derived != nil)
    }

    @Test("the order of events")
    func order() throws {
        let result = try Self.verify { turn in
            let places = turn.records.indices.filter {
                if case .event(let event) = turn.records[$0].body,
                    case .mapIteration(.started, _) = event.body
                {
                    true
                } else {
                    false
                }
            }
            guard places.count == 2, case .event(var first) = turn.records[places[0]].body,
                case .event(var second) = turn.records[places[1]].body
            else { return false }
            swap(&first.body, &second.body)
            turn.records[places[0]].body = .event(first)
            turn.records[places[1]].body = .event(second)
            return true
        }
        #expect(result.altered)
        #expect(result.divergence != nil)
    }

    @Test(
        "a turn that says it follows another revision",
        arguments: [UInt16(0), 1, 6, Semantics.current + 1]
    )
    func label(revision: UInt16) throws {
        let result = try Self.verify { turn in
            guard turn.firstOrdinal != Ordinal(1) else { return false }
            turn.semantics = revision
            return true
        }
        #expect(result.altered)
        #expect(result.divergence != nil)
    }

    @Test("a place in a turn is the same whether the log is verified or not")
    func place() throws {
        let driver = try Self.driver()
        for last in 1...driver.state.lastOrdinal.rawValue {
            var states: [[UInt8]] = []
            for isVerifying in [false, true] {
                var replayer = Replayer(
                    execution: driver.state.execution,
                    definition: driver.state.definition,
                    verifying: isVerifying
                )
                for turn in driver.turns where replayer.state.lastOrdinal < Ordinal(last) {
                    #expect(try replayer.take(turn, upTo: Ordinal(last)) == nil)
                }
                #expect(replayer.state.lastOrdinal == Ordinal(last))
                var writer = ByteWriter()
                replayer.state.encodeSnapshot(into: &writer)
                states.append(writer.bytes)
            }
            #expect(states[0] == states[1], "record \(last)")
        }
    }

    @Test("a turn that is left out, or given twice, is damage")
    func missingTurn() throws {
        let driver = try Self.driver()
        #expect(driver.turns.count > 3)
        var replayer = Replayer(
            execution: driver.state.execution,
            definition: driver.state.definition,
            verifying: true
        )
        _ = try replayer.take(driver.turns[0])
        #expect(throws: ReplayDamage.self) { _ = try replayer.take(driver.turns[2]) }
        #expect(throws: ReplayDamage.self) { _ = try replayer.take(driver.turns[0]) }
    }

    @Test("the state is the same after every record, applied or derived")
    func appliedEqualsDerived() throws {
        let driver = try Self.driver()
        var applied = ExecutionState(
            execution: driver.state.execution,
            definition: driver.state.definition
        )
        for record in driver.records {
            applied.apply(record, at: driver.time(of: record))
            var writer = ByteWriter()
            applied.encodeSnapshot(into: &writer)
            var reader = ByteReader(writer.bytes)
            let reread = try ExecutionState(snapshot: &reader, definition: applied.definition)
            #expect(reader.isAtEnd)
            var again = ByteWriter()
            reread.encodeSnapshot(into: &again)
            #expect(again.bytes == writer.bytes)
        }
        var final = ByteWriter()
        applied.encodeSnapshot(into: &final)
        var expected = ByteWriter()
        driver.state.encodeSnapshot(into: &expected)
        #expect(final.bytes == expected.bytes)
    }
}

extension Driver {
    /// The time of the turn that made a record.
    func time(of record: Record) -> Timestamp {
        for bytes in turns {
            if let header = try? TurnCodec.peek(bytes), header.firstOrdinal <= record.ordinal,
                record.ordinal <= header.lastOrdinal
            {
                return header.time
            }
        }
        return state.lastTime
    }
}
