import Foundation
import StepwellGraph
import StepwellJSON
import Testing

/// The pictures that the documents show are what the tool draws.
///
/// `STEPWELL_UPDATE_GOLDENS=1` writes them anew.
@Suite("Pictures in documents")
struct PictureTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources/Examples/OrderFulfilment")

    @Test("The order's picture is up to date")
    func order() throws {
        let file = Self.folder.appendingPathComponent("order-fulfilment.svg")
        let definition = Self.folder.appendingPathComponent("order-fulfilment.asl.json")
        let sketch = Sketch(try JSONParser.parse(Array(try Data(contentsOf: definition))))
        #expect(sketch.faults == [])
        let svg = SVGWriter.write(sketch.model, sketch.layout)
        if ProcessInfo.processInfo.environment["STEPWELL_UPDATE_GOLDENS"] == "1" {
            try Data(svg.utf8).write(to: file)
        }
        let kept = try #require(FileManager.default.contents(atPath: file.path))
        #expect(kept == Data(svg.utf8))
    }
}
