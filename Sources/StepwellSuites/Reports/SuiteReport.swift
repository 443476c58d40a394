import StepwellHistory
import StepwellIntegrations
package import StepwellJSON

/// The results of a suite.
package struct SuiteReport: Sendable {
    /// The file, as it was named.
    package let file: String
    package let results: [CaseResult]
    /// The coverage of its state machines.
    package let coverage: [Coverage]

    /// A report of results in the order of the file.
    package init(file: String, results: [CaseResult], coverage: [Coverage]) {
        self.file = file
        self.results = results
        self.coverage = coverage
    }

    /// The report as JSON.
    package var json: JSONValue {
        .object(
            JSONObject([
                ("file", .string(file)),
                ("cases", .array(results.map(Self.json))),
                ("coverage", .array(coverage.map(Self.json))),
            ])
        )
    }

    private static func json(_ result: CaseResult) -> JSONValue {
        var object = JSONObject([
            ("name", .string(result.name)), ("line", .number(JSONNumber(Int64(result.line)))),
        ])
        switch result.verdict {
        case .passed: object["result"] = "passed"
        case .skipped(let reason):
            object["result"] = "skipped"
            object["reason"] = .string(reason)
        case .broken(let reason):
            object["result"] = "broken"
            object["reason"] = .string(reason)
        case .failed(let problems):
            object["result"] = "failed"
            object["problems"] = .array(
                problems.map {
                    .object(
                        JSONObject([
                            ("line", .number(JSONNumber(Int64($0.line)))),
                            ("column", .number(JSONNumber(Int64($0.column)))),
                            ("message", .string($0.message)),
                        ])
                    )
                }
            )
        }
        object["seconds"] = .number(JSONNumber(result.seconds))
        if let outcome = result.outcome {
            object["status"] = .string(outcome.status.rawValue)
            object["elapsed"] = .number(JSONNumber(Double(outcome.elapsed) / 1_000))
            if let output = outcome.output, let value = try? output.value() {
                object["output"] = value
            }
            object["error"] = outcome.failure?.error.map { .string($0) }
            object["cause"] = outcome.failure?.cause.map { .string($0) }
            if let trace = outcome.trace {
                let path = trace.visits.filter(\.isTopLevel).map { JSONValue.string($0.state) }
                object["path"] = .array(path)
            }
        }
        return .object(object)
    }

    private static func json(_ coverage: Coverage) -> JSONValue {
        let states = coverage.count { if case .state = $0 { true } else { false } }
        let rules = coverage.count { if case .rule = $0 { true } else { false } }
        let catchers = coverage.count { if case .catcher = $0 { true } else { false } }
        func counts(_ counts: (covered: Int, all: Int)) -> JSONValue {
            .object(
                JSONObject([
                    ("covered", .number(JSONNumber(Int64(counts.covered)))),
                    ("all", .number(JSONNumber(Int64(counts.all)))),
                ])
            )
        }
        return .object(
            JSONObject([
                ("stateMachine", .string(coverage.machine)), ("states", counts(states)),
                ("choiceRules", counts(rules)), ("catchers", counts(catchers)),
                ("missed", .array(coverage.missed.map { .string($0.name) })),
            ])
        )
    }
}
