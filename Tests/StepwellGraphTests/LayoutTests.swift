import StepwellGraph
import Testing

/// What lies where in drawings of small machines.
@Suite("Layouts")
struct LayoutTests {
    @Test("A chain is in line, from Start to End")
    func chain() throws {
        let sketch = try Sketch(
            """
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"},
             "B": {"Type": "Wait", "Seconds": 90, "End": true}}}
            """
        )
        let middles = sketch.layout.boxes.map { $0.frame.x + $0.frame.width / 2 }
        #expect(Set(middles).count == 1)
        #expect(sketch.layout.edges.allSatisfy { $0.points.count == 2 })
    }
}
