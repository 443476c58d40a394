import ArgumentParser
import StepwellGraph
import StepwellJSON

/// `sfnctl graph`: a definition drawn.
struct GraphCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Draw a definition as SVG.",
        discussion: """
            EXAMPLES
              sfnctl graph orders.asl.json > orders.svg
            """
    )

    @Argument(help: "A file with a definition, or - for JSON on standard input.")
    var file: String

    func run() async throws {
        try await reporting {
            let source = try DefinitionSource(path: file, substitutions: Substitutions([]))
            let model = GraphModel(try JSONParser.parse(source.filled()))
            Terminal.line(SVGWriter.write(model, GraphLayout(model)))
        }
    }
}
