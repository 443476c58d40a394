import StepwellEngine
import StepwellHistory
import StepwellJSON
import StepwellReplay
import StepwellTesting
import Testing

/// What looks at an execution cost, and that they agree with its history.
@Suite("Looks at executions", .timeLimit(.minutes(10)))
struct StoryTests {
    private func map(_ store: ShapedStore) async throws -> (engine: Engine, execution: String) {
        var configuration = EngineConfiguration()
        configuration.silence()
        let engine = try Engine(store: store, configuration: configuration, clock: VirtualClock())
        let machine = try await engine.create("m", Machines.bigMap)
        let items = (0..<2_000).map { #""item \#($0) with a text that is referred to""# }
        let input = "[" + items.joined(separator: ",") + "]"
        let execution = try await engine.start(machine, name: "one", input: input)
        _ = try await engine.waitForExecution(arn: execution)
        return (engine, execution)
    }

    @Test("what was told is told on: another look reads what is new, and a place near is not far")
    func cost() async throws {
        let store = ShapedStore()
        let (engine, execution) = try await map(store)
        func records(_ place: ReplayPlace?) async throws -> Int {
            _ = store.takeRead()
            let picture = try await engine.view(ofExecution: execution) {
                try $0.picture(at: place)
            }
            if case .event(let id)? = place { #expect(picture.place.eventID == id) }
            #expect(picture.place.lastEventID == 8_006)
            return try store.takeRead().reduce(0) {
                $0 + (try TurnCodec.peek($1.bytes).recordCount)
            }
        }
        let whole = try await records(nil)
        #expect(whole >= 8_006)
        #expect(try await records(nil) == 0)
        // Places before it: the first is far, the next ones are near what was kept on the way.
        _ = try await records(.event(4_000))
        for place in [4_001, 4_100, 4_050] as [EventID] {
            #expect(try await records(.event(place)) <= 8_192 + 1_024)
        }
        #expect(try await records(.event(4_101)) < 1_024)
        await engine.shutdown()
    }

    @Test("visits, events and spans come in pages that add up")
    func pages() async throws {
        let (engine, execution) = try await map(ShapedStore())
        var (visits, after, rounds) = (0, EventID(0), 0)
        repeat {
            var query = VisitQuery()
            query.limit = 700
            query.after = after
            let page = try await engine.view(ofExecution: execution) { [query] in
                try $0.visits(query)
            }
            visits += page["visits"]?.arrayValue?.count ?? 0
            #expect(page["total"]?.intValue == 2_001)
            after = EventID(page["next"]?.intValue ?? 0)
            rounds += 1
        } while after > 0 && rounds < 10
        #expect((visits, rounds) == (2_001, 3))
        let (events, total) = try await engine.view(ofExecution: execution) { views in
            var query = EventQuery()
            query.type = "PassStateEntered"
            query.isReversed = true
            let page = try views.events(query, containing: "ITEM 1999 ")
            return (page["events"]?.arrayValue?.count, page["total"]?.intValue)
        }
        #expect((events, total) == (1, 2_000))
        let spans = try await engine.view(ofExecution: execution) { views in
            var query = TimelineQuery()
            query.limit = 10
            return try views.timeline(query)
        }
        #expect(spans["spans"]?.arrayValue?.count == 10)
        #expect(spans["more"]?.boolValue == true)
        await engine.shutdown()
    }

    @Test("a visit's data flow is what it was, with what was drawn and the newest attempt's work")
    func dataFlow() async throws {
        let work = ScriptedConnector(
            "work",
            answers: [.fail(error: "Once", cause: nil), .succeed(["n": 2])]
        )
        let engine = try Engine(
            store: SimulatedStore(),
            connectors: [work],
            clock: VirtualClock()
        )
        let machine = try await engine.create("flow", Self.flow)
        let execution = try await engine.start(machine, name: "one", input: #"{"a":{"b":1}}"#)
        let closed = try await engine.waitForExecution(arn: execution)
        let visit = try await engine.view(ofExecution: execution) { try $0.visit(enteredBy: 2) }
        let steps = visit["steps"]?.arrayValue ?? []
        func step(_ name: String) -> String? {
            let found = steps.first { $0.objectValue?["name"]?.stringValue == name }
            return found?.objectValue?["value"].map { JSONWriter.string($0) }
        }
        #expect(step("afterInputPath") == #"{"b":1}"#)
        #expect(step("afterParameters")?.contains(#""b":1"#) == true)
        #expect(step("result") == #"{"n":2}"#)
        #expect(step("afterResultSelector") == #"{"m":2}"#)
        #expect(step("afterResultPath") == #"{"a":{"b":1},"r":{"m":2}}"#)
        #expect(step("output") == closed.output?.string)
        #expect(visit["attempts"]?.intValue == 2)
        #expect(visit["stepsArePartial"] == nil)
        await engine.shutdown()
    }

    private static let flow = """
        {"StartAt": "W", "States": {"W": {"Type": "Task", "Resource": "work",
          "InputPath": "$.a", "Parameters": {"id.$": "States.UUID()", "b.$": "$.b"},
          "ResultSelector": {"m.$": "$.n"}, "ResultPath": "$.r", "OutputPath": "$.r", "End": true,
          "Retry": [{"ErrorEquals": ["Once"]}]}}}
        """
}
