import StepwellIntegrations
import StepwellJSON
import StepwellSuites

/// What became of all suites, for people and as JSON.
struct TestSummary {
    private let reports: [SuiteReport]

    init(_ reports: [SuiteReport]) {
        self.reports = reports
    }

    private var results: [CaseResult] { reports.flatMap(\.results) }

    /// How many cases there are.
    var count: Int { results.count }

    /// Whether nothing is wrong.
    var isFine: Bool { results.allSatisfy(\.isFine) }

    /// The part of everything that cases came to, in percent.
    var coverage: Double {
        let counts = reports.flatMap(\.coverage).map { $0.count { _ in true } }
        let all = counts.reduce(0) { $0 + $1.all }
        return all == 0 ? 100 : 100 * Double(counts.reduce(0) { $0 + $1.covered }) / Double(all)
    }

    /// The summary as JSON.
    var json: JSONValue {
        .object(
            JSONObject([
                ("passed", .bool(isFine)),
                ("suites", .array(reports.map(\.json))),
                ("coverage", .number(JSONNumber((coverage * 10).rounded() / 10))),
            ])
        )
    }

    /// The lines for people.
    var lines: [String] {
        reports.flatMap(lines) + [total]
    }

    private func lines(of report: SuiteReport) -> [String] {
        [report.file] + report.results.flatMap { lines(of: $0, in: report) }
            + report.coverage.flatMap(lines) + [""]
    }

    private func lines(of result: CaseResult, in report: SuiteReport) -> [String] {
        let name = Terminal.plain(result.name)
        switch result.verdict {
        case .passed:
            let time = result.outcome.map { $0.elapsed >= 1_000 } == true ? result.story : nil
            let rest = time.map { "  " + Terminal.plain($0) } ?? ""
            return [
                "  \(mark("ok", .green))   \(name)\(Terminal.coloured(rest, .faint, on: .output))"
            ]
        case .skipped(let reason):
            return ["  \(mark("skip", .yellow)) \(name): \(Terminal.plain(reason))"]
        case .broken(let reason):
            return [
                "  \(mark("FAIL", .red)) \(name)",
                "       \(report.file):\(result.line): \(Terminal.plain(reason))",
            ]
        case .failed(let problems):
            let story = result.story.map { ["       it ended as " + Terminal.plain($0)] } ?? []
            return ["  \(mark("FAIL", .red)) \(name)"]
                + problems.map { "       " + Terminal.plain($0.description) } + story
        }
    }

    private func mark(_ text: String, _ colour: Terminal.Colour) -> String {
        Terminal.coloured(text, colour, on: .output)
    }

    private func lines(of coverage: Coverage) -> [String] {
        let states = coverage.count { if case .state = $0 { true } else { false } }
        let rules = coverage.count { if case .rule = $0 { true } else { false } }
        let catchers = coverage.count { if case .catcher = $0 { true } else { false } }
        let counts = [("states", states), ("choice rules", rules), ("catchers", catchers)]
            .filter { $0.1.all > 0 }
            .map { "\($0.1.covered) of \($0.1.all) \($0.0)" }
        let missed = coverage.missed.prefix(20).map { Terminal.plain($0.name) }
        let more = coverage.missed.count - missed.count
        let rest = more > 0 ? ", and \(more) more" : ""
        let tail = missed.isEmpty ? "" : "; never: \(missed.joined(separator: ", "))\(rest)"
        return ["  \(Terminal.plain(coverage.machine)): \(counts.joined(separator: ", "))\(tail)"]
    }

    private var total: String {
        var (passed, failed, skipped) = (0, 0, 0)
        for result in results {
            switch result.verdict {
            case .passed: passed += 1
            case .failed, .broken: failed += 1
            case .skipped: skipped += 1
            }
        }
        let percent = Int(coverage.rounded(.down))
        let rest = skipped == 0 ? "" : ", \(skipped) skipped"
        return "\(passed) passed, \(failed) failed\(rest); coverage \(percent) %"
    }
}
