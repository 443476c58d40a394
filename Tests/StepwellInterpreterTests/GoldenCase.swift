import StepwellHistory
import StepwellInterpreter
import Testing

/// One golden history: a definition in our own words, what happens to its execution, and every
/// event that has to come of it.
///
/// The text form of `Golden/*.txt`; a line that begins with a space goes on with the one before:
///
///     === the name
///     source: why the history is right: a recording, a page of AWS's documentation
///     recorded: a case of the conformance data with the same ids, types and previous ids
///     definition: JSON
///     input: JSON, `{}` when left out
///     limit: history events, 25,000 when left out
///     activities: how many may be open at once, any number when left out
///     child: what becomes of the next child execution that is started, likewise
///     data: what comes of the next page of items or results that are asked for, likewise
///     task: what happens to the next task that is handed out, step by step between semicolons
///     closed: what happens when the execution has closed, each time the next such line
///     ---
///     the events, one a line, as `GoldenLine` writes them
struct GoldenCase: Sendable, CustomTestStringConvertible {
    var name = ""
    var source = ""
    var recorded: String?
    var definition = ""
    var input = "{}"
    var limit: Int64?
    var activities: Int?
    /// The answers to the tasks, in the order in which these are handed out.
    var tasks: [[String]] = []
    /// What becomes of the child executions, in the order in which these are started.
    var children: [[String]] = []
    /// What comes of the items and results that are asked for, in that order.
    var data: [String] = []
    /// What happens at each closing.
    var closings: [[String]] = []
    var events: [String] = []

    var testDescription: String { name }

    /// The cases of a file's text.
    ///
    /// - Throws: `GoldenError` that names a line no case can have.
    static func parse(_ text: String) throws(GoldenError) -> [GoldenCase] {
        var cases: [GoldenCase] = []
        var isHeader = false
        for line in joined(text) {
            if line.hasPrefix("=== ") {
                cases.append(GoldenCase(name: String(line.dropFirst(4))))
                isHeader = true
            } else if line == "---" {
                isHeader = false
            } else if let last = cases.indices.last {
                if isHeader {
                    try cases[last].add(header: line)
                } else if !line.isEmpty {
                    cases[last].events.append(line)
                }
            }
        }
        return cases
    }

    /// The text of some cases, as `parse` reads it; lines of the definition stay as `text` has
    /// them because only events are written anew.
    static func rewrite(_ text: String, with cases: [GoldenCase]) -> String {
        var written: [String] = []
        var next = cases.makeIterator()
        var isHeader = true
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("=== ") { isHeader = true }
            if isHeader { written.append(line) }
            if line == "---", let current = next.next() {
                isHeader = false
                written += current.events + [""]
            }
        }
        while written.last == "" { written.removeLast() }
        return written.joined(separator: "\n") + "\n"
    }

    private static func joined(_ text: String) -> [String] {
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(" "), let last = lines.indices.last {
                lines[last] += line
            } else {
                lines.append(String(line))
            }
        }
        return lines
    }

    private mutating func add(header line: String) throws(GoldenError) {
        guard let colon = line.firstIndex(of: ":") else { throw GoldenError(line: line) }
        let value = String(line[line.index(after: colon)...].drop { $0 == " " })
        switch line[..<colon] {
        case "source": source = value
        case "recorded": recorded = value
        case "definition": definition = value
        case "input": input = value
        case "limit": limit = Int64(value)
        case "activities": activities = Int(value)
        case "data": data.append(value)
        case "child": children.append(value.split(separator: ";").map { $0.trimmed })
        case "task": tasks.append(value.split(separator: ";").map { $0.trimmed })
        case "closed": closings.append(value.split(separator: ";").map { $0.trimmed })
        default: throw GoldenError(line: line)
        }
    }
}

/// A line that a golden file cannot have, or an answer no task can have.
struct GoldenError: Error {
    let line: String
}

extension Substring {
    /// Without spaces at both ends.
    var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
