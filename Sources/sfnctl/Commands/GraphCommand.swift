import ArgumentParser
import StepwellGraph
import StepwellJSON
import StepwellReplay

/// `sfnctl graph`: a state machine drawn, or an execution with the conditions of its states.
struct GraphCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Draw a state machine, or an execution, as SVG, PNG, Mermaid or DOT.",
        discussion: """
            The drawing goes to standard output. A definition with errors is drawn as far as it \
            goes. png needs rsvg-convert (librsvg2-bin) or Chromium.

            EXAMPLES
              sfnctl graph orders.asl.json > orders.svg
              sfnctl graph orders.asl.json -o png --theme dark > orders.png
              sfnctl graph orders.asl.yaml -o mermaid --substitute TableName=orders
              sfnctl graph --execution orders:order-17 --data-dir data > order-17.svg
              sfnctl graph --execution orders:order-17 --data-dir data --at 4 -o mermaid

            EXIT STATUS
              0   success
              1   there is no such state machine or execution, or no picture can be made
              64  usage
              65  the definition cannot be read
              69  no server can be reached
            """
    )

    @Argument(help: "A file with a definition, - for JSON on standard input, or an ARN.")
    var source: String?

    @Option(help: "An execution whose states are coloured: an ARN, machine:name, or a number.")
    var execution: ExecutionReference?

    @Option(
        help: ArgumentHelp(
            "Colour them as they were after an event ID (17), a record (r17), or "
                + "at a time (RFC 3339).",
            valueName: "EVENT|rORDINAL|TIME"
        )
    )
    var at: ReplayPlace?

    @OptionGroup
    var place: APIOptions

    @OptionGroup
    var look: GraphOptions

    @Option(
        help: ArgumentHelp(
            "A value for ${NAME} in the definition; repeatable.",
            valueName: "NAME=VALUE"
        )
    )
    var substitute: [String] = []

    func validate() throws {
        _ = try Substitutions(substitute)
        guard (source == nil) != (execution == nil) else {
            throw ValidationError(
                "give a definition or an ARN, or --execution, which brings its definition along"
            )
        }
        guard at == nil || execution != nil else {
            throw ValidationError("--at goes with --execution")
        }
        guard isStored || (place.dataDir == nil && place.endpoint == nil) else {
            throw ValidationError("a file needs neither --data-dir nor --endpoint")
        }
    }

    func run() async throws {
        try await reporting {
            let found = try await find()
            let text = InputText(name: found.title, bytes: found.definition)
            let definition = try text.value()
            guard definition.objectValue != nil else {
                throw CommandFailure(.badInput, "\(text.name):1:1: a definition is an object")
            }
            let model = GraphModel(definition)
            switch look.format {
            case .mermaid:
                Terminal.text(
                    MermaidWriter.write(
                        model,
                        direction: look.direction,
                        statuses: found.statuses
                    )
                )
            case .dot:
                Terminal.text(
                    DOTWriter.write(model, direction: look.direction, statuses: found.statuses)
                )
            case .svg, .png:
                try await draw(model, found)
            }
        }
    }

    private func draw(_ model: GraphModel, _ found: GraphSource) async throws {
        let layout = GraphLayout(model, direction: look.direction)
        var options = SVGOptions()
        options.theme = look.theme
        options.statuses = found.statuses
        options.title = model.comment ?? found.title
        let svg = SVGWriter.write(model, layout, options: options)
        guard look.format == .png else {
            Terminal.text(svg)
            return
        }
        let (width, height) = (layout.size.width, layout.size.height)
        Terminal.bytes(try await PNGConverter().picture(of: svg, width: width, height: height))
    }

    /// Whether a server or a data directory has it.
    private var isStored: Bool { execution != nil || source?.hasPrefix("arn:") == true }

    private func find() async throws -> GraphSource {
        guard isStored else {
            return try GraphSource(file: source ?? "-", substitutions: Substitutions(substitute))
        }
        switch try place.place() {
        case .server(let endpoint):
            let client = ServiceClient(endpoint: endpoint)
            if let execution {
                return try await GraphSource(execution: execution, at: at, client: client)
            }
            return try await GraphSource(machine: source ?? "", client: client)
        case .directory(let path):
            let directory = try DataDirectory(path)
            if let execution {
                return try GraphSource(execution: execution, at: at, directory: directory)
            }
            return try GraphSource(machine: source ?? "", directory: directory)
        }
    }
}
