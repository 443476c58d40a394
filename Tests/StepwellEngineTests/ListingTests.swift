import StepwellEngine
import StepwellHistory
import StepwellTesting
import Testing

/// What a page of ListExecutions costs.
@Suite("Listings", .timeLimit(.minutes(10)))
struct ListingTests {
    @Test("few of many are found in a few questions, each once", arguments: [1, 3, 100])
    func sparse(size: Int) async throws {
        let store = ShapedStore()
        var configuration = EngineConfiguration()
        configuration.silence()
        let engine = try Engine(
            store: store,
            configuration: configuration,
            clock: VirtualClock(skips: false)
        )
        let choice = #"""
            {"StartAt":"C","States":{"C":{"Type":"Choice","Default":"F","Choices":[
             {"Variable":"$.wait","BooleanEquals":true,"Next":"W"}]},
             "W":{"Type":"Wait","Seconds":60,"End":true},"F":{"Type":"Succeed"}}}
            """#
        let machine = try await engine.create("m", choice)
        for number in 0..<2_000 {
            let input = #"{"wait":\#(number % 400 == 7)}"#
            _ = try await engine.start(machine, name: "e\(number)", input: input)
        }
        let before = store.listingCount
        var names: [String] = []
        var pages = 0
        var request = ListExecutionsRequest(
            stateMachineARN: machine,
            statusFilter: .running,
            maxResults: size
        )
        repeat {
            let page = try await engine.listExecutions(request)
            #expect(page.items.count <= size)
            names += page.items.map(\.name)
            pages += 1
            request.nextToken = page.nextToken
        } while request.nextToken != nil
        #expect(names == ["e1607", "e1207", "e807", "e407", "e7"])
        #expect(store.listingCount - before <= pages * 25)
        await engine.shutdown()
    }
}
