import StepwellGraph
import Testing

/// Large drawings.
@Suite("Growth")
struct GrowthTests {
    @Test("Ten times the states take about ten times the work")
    func work() {
        let small = GraphLayout(GraphModel(Growth.machine(states: 300)))
        let large = GraphLayout(GraphModel(Growth.machine(states: 3_000)))
        #expect(large.work < 15 * small.work, "\(small.work) and \(large.work)")
        #expect(small.work < 300 * 3_000, "\(small.work)")
    }

    @Test("A machine of 300 states is tidy", arguments: GraphDirection.allCases)
    func many(direction: GraphDirection) {
        let sketch = Sketch(Growth.machine(states: 300), direction: direction)
        #expect(sketch.faults == [])
    }

    @Test("A decision between 200 states has their labels beside each other")
    func wide() {
        let sketch = Sketch(Growth.choice(rules: 200))
        #expect(sketch.faults == [])
        #expect(sketch.layout.edges.count == 401)
        #expect(sketch.layout.edges.count { $0.label != nil } == 200)
    }

    @Test("Twenty states lie in each other; what is too deep is said")
    func deep() throws {
        let sketch = Sketch(Growth.nested(depth: 20))
        #expect(sketch.faults == [])
        let outer = try #require(sketch.frame(of: "Level 19"))
        let leaf = try #require(sketch.frame(of: "Leaf"))
        #expect(outer.contains(leaf))
        let deeper = Sketch(Growth.nested(depth: GraphModel.maximumDepth + 10))
        #expect(deeper.faults == [])
        #expect(deeper.frame(of: "Leaf") == nil)
        #expect(deeper.model.states.last?.detail == "nested too deeply to be drawn")
    }
}
