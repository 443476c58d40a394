import Foundation
import Testing

@Suite("The documented metrics")
struct MetricNamesTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

    private func names(in text: String, _ pattern: Regex<(Substring, Substring)>) -> Set<String> {
        Set(text.matches(of: pattern).map { String($0.output.1) })
    }

    private func plain(_ names: Set<String>) -> Set<String> {
        Set(
            names.map { name in
                ["_bucket", "_sum", "_count", "_seconds"].reduce(name) { name, ending in
                    name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
                }
            }
        )
    }

    @Test("OPERATING.md and the dashboard name every metric that the code has, and no other")
    func names() throws {
        var code: Set<String> = []
        let sources = Self.root.appending(path: "Sources")
        for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
        where path.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            code.formUnion(names(in: text, /"(stepwell_[a-z_]+)"/))
        }
        let page = try String(
            contentsOf: Self.root.appending(path: "OPERATING.md"),
            encoding: .utf8
        )
        let documented = names(in: page, /\| `(stepwell_[a-z_]+)` \|/)
        #expect(plain(documented) == plain(code))
        let dashboard = try String(
            contentsOf: sources.appending(path: "Examples/Monitoring/grafana.json"),
            encoding: .utf8
        )
        #expect(plain(names(in: dashboard, /(?:^|[^a-z_])(stepwell_[a-z_]+)/)) == plain(code))
    }
}
