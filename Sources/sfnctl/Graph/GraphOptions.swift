import ArgumentParser
import StepwellGraph

/// How a graph looks.
struct GraphOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output-format")],
        help: "svg, png, mermaid or dot."
    )
    var format = GraphFormat.svg

    @Option(help: "The colours: auto (as the reader's screen is), light or dark.")
    var theme = GraphTheme.auto

    @Option(help: "Where it goes: down or right.")
    var direction = GraphDirection.down
}

extension GraphTheme: ExpressibleByArgument {}
extension GraphDirection: ExpressibleByArgument {}
