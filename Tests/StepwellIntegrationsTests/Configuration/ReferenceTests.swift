import Foundation
import StepwellIntegrations
import Testing

@Suite("The reference of configuration files")
struct ReferenceTests {
    @Test("OPERATING.md has every key, and no other")
    func complete() throws {
        let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
        let page = try String(contentsOf: root.appending(path: "OPERATING.md"), encoding: .utf8)
        // Other parts of the page have tables of their own.
        let begin = try #require(page.range(of: "\n## The configuration file\n")).upperBound
        let part = page[begin...].components(separatedBy: "\n## ").first ?? ""
        let rows = part.split(separator: "\n").map(String.init).filter { $0.hasPrefix("| `") }
        let keys = ConfigurationFile.keys(operations: ["OPERATION"])
        let wanted = SettingsReference.rows(of: keys)
        #expect(rows.filter { !wanted.contains($0) } == [])
        let missing = wanted.filter { !rows.contains($0) }
        #expect(missing == [], "missing:\n\(missing.joined(separator: "\n"))")
    }
}
