import StepwellGraph
import Testing

/// What lies where in drawings of small machines.
@Suite("Layouts")
struct LayoutTests {
    private func middle(_ frame: GraphRect?) -> Int? { frame.map { $0.x + $0.width / 2 } }

    @Test("A chain is in line, from Start to End")
    func chain() throws {
        let sketch = try Sketch(
            """
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A longer name than that"},
             "A longer name than that": {"Type": "Wait", "Seconds": 90, "End": true}}}
            """
        )
        #expect(sketch.faults == [])
        #expect(Set(sketch.layout.boxes.map { middle($0.frame) }).count == 1)
        #expect(sketch.layout.edges.allSatisfy { $0.points.count == 2 })
    }

    @Test("What follows on success stays in line, errors go aside and end in one place")
    func errors() throws {
        let task = { (next: String) in
            """
            {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", \(next),
             "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Sorry"}]}
            """
        }
        let sketch = try Sketch(
            """
            {"StartAt": "A", "States": {"A": \(task("\"Next\": \"B\"")),
             "B": \(task("\"Next\": \"C\"")), "C": \(task("\"End\": true")),
             "Sorry": {"Type": "Fail"}}}
            """
        )
        #expect(sketch.faults == [])
        let line = ["A", "B", "C"].map { middle(sketch.frame(of: $0)) }
        #expect(Set(line).count == 1)
        let ends = ["A", "B", "C"].map { sketch.edge($0, "Sorry")?.points.last }
        #expect(Set(ends).count == 1)
        #expect(sketch.edge("A", "Sorry")?.label?.lines == ["any error"])
    }

    @Test("A loop back runs at the side, and enters the box there")
    func loop() throws {
        let sketch = try Sketch(
            """
            {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 5, "Next": "Ask"},
             "Ask": {"Type": "Pass", "Next": "Done?"},
             "Done?": {"Type": "Choice", "Choices": [
                {"Variable": "$.done", "BooleanEquals": true, "Next": "End"}], "Default": "Wait"},
             "End": {"Type": "Succeed"}}}
            """
        )
        #expect(sketch.faults == [])
        let back = try #require(sketch.edge("Done?", "Wait"))
        let wait = try #require(sketch.frame(of: "Wait"))
        #expect(back.points.last.map { $0.x == wait.maxX || $0.x == wait.x } == true)
        #expect(back.points.count == 4)
        #expect(back.label?.lines == ["otherwise"])
    }

    @Test("A state that leads to itself has a loop with its reasons")
    func selfLoop() throws {
        let sketch = try Sketch(
            """
            {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [
                {"Variable": "$.a", "IsNull": true, "Next": "A"}], "Default": "B"},
             "B": {"Type": "Succeed"}}}
            """
        )
        #expect(sketch.faults == [])
        #expect(sketch.edge("A", "A")?.label?.title == "$.a is null")
    }

    @Test("Names that nothing has, and what nothing leads to, have boxes")
    func broken() throws {
        let sketch = try Sketch(
            """
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Nowhere"},
             "Alone": {"Type": "Pas"}, "Odd": 7, "Par": {"Type": "Parallel", "Branches": [1, {}]}}}
            """
        )
        #expect(sketch.faults == [])
        let types = sketch.model.states.map(\.type)
        #expect(types == [.pass, .unknown, .unknown, .parallel, .missing])
    }

    @Test("Nothing is drawn of nothing", arguments: ["{}", "[]", "{\"States\": {}}", "null"])
    func empty(text: String) throws {
        let sketch = try Sketch(text)
        #expect(sketch.layout.boxes.isEmpty)
        #expect(sketch.layout.size.width > 0)
    }

    @Test("Many branches stand in several rows")
    func branches() throws {
        let branch = { (place: Int) in
            """
            {"StartAt": "S\(place)", "States": {"S\(place)": {"Type": "Pass", "End": true}}}
            """
        }
        let list = (0..<30).map(branch).joined(separator: ",")
        let sketch = try Sketch(
            """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true,
             "Branches": [\(list)]}}}
            """
        )
        #expect(sketch.faults == [])
        #expect(Set(sketch.layout.regions.map(\.frame.y)).count > 1)
        #expect(sketch.layout.size.width < 2_000)
    }

    @Test("The same definition has the same drawing")
    func stable() {
        let definition = Growth.machine(states: 60)
        let model = GraphModel(definition)
        let first = SVGWriter.write(model, GraphLayout(model))
        let second = SVGWriter.write(GraphModel(definition), GraphLayout(GraphModel(definition)))
        #expect(first.utf8.elementsEqual(second.utf8))
    }
}
