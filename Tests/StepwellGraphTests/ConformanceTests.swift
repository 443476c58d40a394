import Foundation
import StepwellGraph
import StepwellJSON
import StepwellLanguage
import Testing

/// Drawings of published workflows.
@Suite("Published workflows")
struct ConformanceTests {
    private static let folder = ProcessInfo.processInfo.environment["STEPWELL_SHARED"]
        .map { URL(fileURLWithPath: $0).appendingPathComponent("conformance/workflows") }

    private static var files: [URL] {
        guard let folder else { return [] }
        let found = try? FileManager.default.contentsOfDirectory(
            at: folder,
            includingPropertiesForKeys: nil
        )
        return (found ?? []).filter { $0.pathExtension == "json" }
            .sorted { $0.path < $1.path }
    }

    /// The crossings of all drawings together: it may only fall.
    private static let crossings: [GraphDirection: Int] = [.down: 8, .right: 8]

    @Test(
        "Nothing overlaps, no edge runs through a box, few edges cross",
        .enabled(if: !files.isEmpty, "STEPWELL_SHARED does not name the conformance data"),
        arguments: GraphDirection.allCases
    )
    func published(direction: GraphDirection) throws {
        var crossings = 0
        var count = 0
        for file in Self.files {
            let bytes = Array(try Data(contentsOf: file))
            let text = TemplateText(bytes, substitutions: [:])
            let definition = try JSONParser.parse(text.json)
            let sketch = Sketch(definition, direction: direction)
            let checker = LayoutChecker(sketch.model, sketch.layout)
            count += 1
            crossings += checker.crossings
            #expect(checker.faults == [], "\(file.lastPathComponent)")
        }
        #expect(count > 80)
        let recorded = try #require(Self.crossings[direction])
        #expect(crossings <= recorded)
    }
}
