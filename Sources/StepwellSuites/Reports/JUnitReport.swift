import StepwellIntegrations

/// The results of suites in JUnit's XML, as continuous integration reads it.
package enum JUnitReport {
    /// The document.
    package static func text(_ reports: [SuiteReport]) -> String {
        let suites = reports.map(suite).joined()
        let all = reports.flatMap(\.results)
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<testsuites\(attributes(of: all))>\n\(suites)</testsuites>\n"
    }

    private static func suite(_ report: SuiteReport) -> String {
        let name = escaped(report.file)
        let cases = report.results.map { testCase($0, in: name) }.joined()
        return "  <testsuite name=\"\(name)\"\(attributes(of: report.results))>\n\(cases)"
            + "  </testsuite>\n"
    }

    private static func attributes(of results: [CaseResult]) -> String {
        var (failures, errors, skipped) = (0, 0, 0)
        for result in results {
            switch result.verdict {
            case .passed: break
            case .failed: failures += 1
            case .broken: errors += 1
            case .skipped: skipped += 1
            }
        }
        let time = seconds(results.reduce(0) { $0 + $1.seconds })
        return " tests=\"\(results.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
            + " skipped=\"\(skipped)\" time=\"\(time)\""
    }

    private static func testCase(_ result: CaseResult, in suite: String) -> String {
        let head =
            "    <testcase classname=\"\(suite)\" name=\"\(escaped(result.name))\""
            + " file=\"\(suite)\" line=\"\(result.line)\" time=\"\(seconds(result.seconds))\""
        switch result.verdict {
        case .passed: return head + "/>\n"
        case .skipped(let reason):
            return head + ">\n      <skipped message=\"\(escaped(reason))\"/>\n    </testcase>\n"
        case .broken(let reason):
            return head + ">\n      <error message=\"\(escaped(reason))\"/>\n    </testcase>\n"
        case .failed(let problems):
            let message = escaped(problems.first?.message ?? "")
            let lines = problems.map { escaped($0.description) }.joined(separator: "\n")
            return head + ">\n      <failure message=\"\(message)\">\(lines)</failure>\n"
                + "    </testcase>\n"
        }
    }

    /// Seconds with milliseconds.
    private static func seconds(_ seconds: Double) -> String {
        let milliseconds = Int64((seconds * 1_000).rounded())
        let rest = String(milliseconds % 1_000)
        return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    /// Text for XML, without the characters that it cannot have.
    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "\n": result.append(contentsOf: "&#10;".unicodeScalars)
            case "\t", "\r": result.append(scalar)
            default:
                let isAllowed = scalar.value >= 0x20 && scalar.value & 0xFFFE != 0xFFFE
                result.append(isAllowed ? scalar : "\u{FFFD}")
            }
        }
        return String(result)
    }
}
