import Foundation
import FoundationXML
import StepwellGraph
import Testing

/// What is written.
@Suite("Writers")
struct WriterTests {
    private static let hostile = "</title><script>alert(1)</script>\\\" --> `x` & ]]>\\u0007"

    private func sketch() throws -> Sketch {
        try Sketch(
            """
            {"Comment": "\(Self.hostile)", "StartAt": "\(Self.hostile)", "States": {
             "\(Self.hostile)": {"Type": "Choice", "Choices": [
              {"Variable": "$.\(Self.hostile)", "IsNull": true, "Next": "M"}], "Default": "F"},
             "M": {"Type": "Map", "Next": "F", "ItemProcessor": {"StartAt": "T", "States": {
              "T": {"Type": "Task", "Resource": "\(Self.hostile)", "End": true}}},
              "Catch": [{"ErrorEquals": ["\(Self.hostile)"], "Next": "F"}]},
             "F": {"Type": "Fail", "Error": "\(Self.hostile)"}}}
            """
        )
    }

    /// Counts elements, and throws on what is no XML.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [String: Int] = [:]

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements[attributes["class"] ?? name, default: 0] += 1
        }
    }

    @Test("SVG is well-formed whatever names, conditions and errors hold")
    func escapedSVG() throws {
        let sketch = try sketch()
        let svg = SVGWriter.write(sketch.model, sketch.layout)
        let reader = Reader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        #expect(parser.parse())
        #expect(reader.elements["state map cluster"] == 1)
        #expect(reader.elements["edge catch"] == 1)
        #expect(reader.elements["script"] == nil)
        #expect(!svg.contains("<script"))
    }

    @Test("Statuses are attributes and badges, and change no place")
    func statuses() throws {
        let sketch = try sketch()
        var options = SVGOptions()
        options.isInteractive = true
        options.hasStyleSheet = false
        options.statuses = ["M": GraphStatus(.running, entered: 7, succeeded: 2)]
        let svg = SVGWriter.write(sketch.model, sketch.layout, options: options)
        #expect(svg.contains("data-state=\"M\" data-type=\"Map\" data-status=\"running\""))
        #expect(svg.contains("data-state=\"F\" data-type=\"Fail\" data-status=\"notEntered\""))
        #expect(svg.contains("2 of 7"))
        #expect(svg.contains("tabindex=\"0\" role=\"button\" aria-label=\"M, Map, running\""))
        #expect(!svg.contains("<style>"))
        let plain = SVGWriter.write(sketch.model, sketch.layout)
        let box = { (svg: String) in
            svg.split(separator: "\n").filter { $0.contains("class=\"box\"") }
        }
        #expect(box(svg) == box(plain))
    }

    @Test("Every colour has a plain value before its property", arguments: GraphTheme.allCases)
    func styles(theme: GraphTheme) {
        let sheet = GraphStyleSheet(theme: theme).text
        #expect(sheet.contains("fill:#\(theme == .dark ? "1c242d" : "ffffff");fill:var(--sw-box)"))
        #expect(sheet.contains("prefers-color-scheme:dark") == (theme == .auto))
    }

    @Test("Mermaid takes no markup from names")
    func mermaid() throws {
        let sketch = try sketch()
        let text = MermaidWriter.write(
            sketch.model,
            statuses: ["F": GraphStatus(.failed)]
        )
        #expect(text.hasPrefix("flowchart TD\n"))
        #expect(text.contains("subgraph s1[\"M\"]"))
        #expect(!text.contains("<script"))
        #expect(text.contains("class s3 failed") || text.contains("class s2 failed"))
        #expect(text.contains("-.->|"))
    }

    @Test("DOT quotes what it is given")
    func dot() throws {
        let sketch = try sketch()
        let text = DOTWriter.write(sketch.model, direction: .right)
        #expect(text.hasPrefix("digraph StateMachine {\n    rankdir=LR;"))
        #expect(text.contains("subgraph cluster1 {"))
        #expect(text.contains("alert(1)</script>\\\" -->"))
        #expect(text.hasSuffix("}\n"))
    }
}
