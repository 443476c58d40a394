import Foundation
import Logging
import StepwellEngine
import StepwellIntegrations
import StepwellServer
import StepwellSuites

/// Runs the cases of suites, several at once.
struct TestSession {
    let command: TestCommand

    /// Runs suites one after another; the reports in their order.
    func run(_ suites: [Suite]) async throws -> [SuiteReport] {
        var reports: [SuiteReport] = []
        for suite in suites { reports.append(try await run(suite)) }
        return reports
    }

    private func run(_ suite: Suite) async throws -> SuiteReport {
        let cases = suite.cases.filter { each in
            command.filter.map { each.name.contains($0) } ?? true
        }
        let outside: RunningIntegrations? =
            if let path = suite.configuration { try await self.outside(path) } else { nil }
        let runner = CaseRunner(suite, patience: .seconds(command.timeout)) { engine in
            engine.sdkActions = .operations
            guard let outside else { return }
            engine.permissions = outside.permissions
            engine.integrations = outside.connectors
            engine.itemSource = outside.itemSource
            engine.resultTarget = outside.resultTarget
        }
        let jobs = command.jobs ?? max(2, ProcessInfo.processInfo.activeProcessorCount)
        let results = await withTaskGroup(of: (Int, CaseResult).self) { group in
            var results: [CaseResult?] = cases.map { _ in nil }
            var next = 0
            func startNext() {
                guard next < cases.count else { return }
                let (index, each) = (next, cases[next])
                group.addTask { (index, await runner.run(each)) }
                next += 1
            }
            for _ in 0..<jobs { startNext() }
            for await (index, result) in group {
                results[index] = result
                startNext()
            }
            return results.compactMap(\.self)
        }
        await outside?.shutdown()
        return SuiteReport(
            file: suite.document.name,
            results: results,
            coverage: suite.machines.map { Coverage(of: $0, by: results, cases: cases) }
        )
    }

    /// What a configuration file lets tasks use.
    private func outside(_ path: String) async throws -> RunningIntegrations {
        let file = try ConfigurationFile(path: path.shownPath)
        let region = file.server.region ?? EngineConfiguration().region
        let account = file.server.accountID ?? "000000000000"
        try await FunctionHost.check(file.integrations.functions, region: region, account: account)
        return RunningIntegrations(
            file.integrations,
            region: region,
            account: account,
            logger: Logger(label: "sfnctl") { StreamLogHandler.standardError(label: $0) }
        )
    }
}
