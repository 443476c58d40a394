import StepwellIntegrations
import StepwellSuites

/// What may be written in a test file, for people.
enum SchemaText {
    /// The lines of `sfnctl test --schema`.
    static func lines() -> [String] {
        let rows = SettingsReference.rows(of: SuiteKeys.file).map { row in
            row.split(separator: "|", omittingEmptySubsequences: true)
                .map { String($0).trimmed(of: " ").replacing("`", with: "") }
        }.filter { $0.count >= 3 }
        let width = rows.map { $0[0].count }.max() ?? 0
        let keys = rows.map { row in
            row[0] + String(repeating: " ", count: width - row[0].count + 2) + row[2]
        }
        return keys + [""] + responses
    }

    private static let responses = [
        "Responses (mocks.STATE):",
        "  {return: VALUE}                    the task's result, for every call",
        "  {throw: ERROR}                     the task fails; {throw: {error: E, cause: C}}",
        "  {…, delay: 90s}                    so much later, by the case's clock",
        "  [{…}, {…, times: 3}, {…}]          call by call; none is left for later calls",
        "  {\"0-1\": {…}, \"2\": {…}}            by the numbers of the calls, from 0",
        "  Return and Throw, as in Step Functions Local's mock configuration file, stand for the",
        "  service's response: of a function's, the result is the Payload.",
        "STATE is a state of the tested machine, at any depth, or MACHINE/STATE.",
        "Calls are counted in each execution. A text between slashes is a regular expression.",
    ]
}

extension String {
    /// The text without a character at its ends.
    fileprivate func trimmed(of character: Character) -> String {
        var text = Substring(self)
        while text.first == character { text.removeFirst() }
        while text.last == character { text.removeLast() }
        return String(text)
    }
}
