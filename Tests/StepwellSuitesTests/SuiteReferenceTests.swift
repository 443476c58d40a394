import Foundation
import StepwellIntegrations
import Testing

@testable import StepwellSuites

@Suite("The reference of test files")
struct SuiteReferenceTests {
    @Test("TESTING.md has every key, and no other")
    func complete() throws {
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        let page = try String(contentsOf: root.appending(path: "TESTING.md"), encoding: .utf8)
        let reference = page.split(separator: "## Reference").last ?? ""
        let rows = reference.split(separator: "\n").map(String.init).filter { $0.hasPrefix("| `") }
        let wanted = SettingsReference.rows(of: SuiteKeys.file)
        #expect(rows == wanted)
    }
}
