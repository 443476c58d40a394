import Stepwell
import StepwellEngine
import StepwellIntegrations
import StepwellJSON

@testable import StepwellSuites

/// Suites as tests write them.
enum SuiteSamples {
    static let orders = #"""
        {"StartAt": "Charge", "States": {
          "Charge": {"Type": "Task",
            "Resource": "arn:aws:lambda:us-east-1:000000000000:function:pay",
            "TimeoutSeconds": 30,
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 10, "MaxAttempts": 3}],
            "Catch": [{"ErrorEquals": ["Declined"], "Next": "Refuse"}],
            "Assign": {"receipt.$": "$.receipt"}, "Next": "Route"},
          "Route": {"Type": "Choice", "Choices": [
              {"Variable": "$.receipt", "NumericGreaterThan": 100, "Next": "Long"},
              {"Variable": "$.receipt", "NumericEquals": 7, "Next": "Done"}], "Default": "Done"},
          "Long": {"Type": "Wait", "Seconds": 31536000, "Next": "Done"},
          "Refuse": {"Type": "Fail", "Error": "Orders.Declined", "Cause": "no funds"},
          "Done": {"Type": "Succeed"}}}
        """#

    /// The suite of a text of YAML, and of definitions by the names of their files.
    static func suite(
        _ yaml: String,
        _ files: [String: String] = ["orders.asl.json": orders]
    ) throws -> Suite {
        let text = try YAMLDefinition(parsing: yaml, keepsText: true)
        let document = SettingsDocument(
            name: "t.test.yaml",
            directory: "/d",
            value: text.value,
            position: { text.position(of: $0) }
        )
        let sources = SuiteReader.Sources(
            definition: { path, _ in
                let file = String(path.dropFirst("/d/".count))
                let name = file.prefix { $0 != "." }
                return (String(name), files[file] ?? "{}")
            },
            content: { path in
                guard let text = files[String(path.dropFirst("/d/".count))] else {
                    throw SuiteFailure("no file")
                }
                return Array(text.utf8)
            }
        )
        var reader = SuiteReader(document, sources: sources)
        return try reader.read()
    }

    /// The results of all cases.
    static func run(
        _ yaml: String,
        _ files: [String: String] = ["orders.asl.json": orders]
    ) async throws -> [CaseResult] {
        let suite = try suite(yaml, files)
        let runner = CaseRunner(suite, patience: .seconds(300)) { _ in }
        var results: [CaseResult] = []
        for each in suite.cases { results.append(await runner.run(each)) }
        return results
    }

    /// What is wrong with a result, line by line; empty when it holds.
    static func problems(_ result: CaseResult) -> [String] {
        switch result.verdict {
        case .passed: []
        case .failed(let problems): problems.map(\.description)
        case .broken(let reason): ["broken: \(reason)"]
        case .skipped(let reason): ["skipped: \(reason)"]
        }
    }
}
