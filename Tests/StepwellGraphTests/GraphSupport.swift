import StepwellGraph
import StepwellJSON

/// A drawing from a definition's text.
struct Sketch {
    let model: GraphModel
    let layout: GraphLayout

    init(_ definition: JSONValue, direction: GraphDirection = .down) {
        model = GraphModel(definition)
        layout = GraphLayout(model, direction: direction)
    }

    init(_ text: String, direction: GraphDirection = .down) throws {
        self.init(try JSONParser.parse(Array(text.utf8)), direction: direction)
    }
}
