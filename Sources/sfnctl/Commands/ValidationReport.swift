import StepwellEngine
import StepwellJSON
import StepwellLanguage

/// What `sfnctl validate` found in one file.
struct ValidationReport {
    private let file: String
    private let problems: [DefinitionProblem]
    /// Why the file is no definition at all.
    private let failure: String?
    /// Whether there is JSON in it, whatever it says.
    private let isJSON: Bool
    /// The names of `${NAME}` in it.
    let placeholders: [String]

    /// Reads and checks a file; `registry` knows what stands in the way of resources.
    init(of path: String, substitutions: Substitutions, registry: ConnectorRegistry?) async {
        do {
            let source = try DefinitionSource(path: path, substitutions: substitutions)
            file = source.path
            let resources = source.decode().resources
            let hindrances = await registry?.hindrances(of: resources) ?? [:]
            problems = source.decode(hindrances: hindrances).advice
            failure = nil
            isJSON = (try? JSONParser.parse(source.json)) != nil
            placeholders = source.placeholders
        } catch {
            file = path
            problems = []
            failure = CommandFailure(error).description
            isJSON = false
            placeholders = []
        }
    }

    /// The exit status that the file asks for; nil is success.
    var status: CommandFailure.Status? {
        guard failure == nil, isJSON else { return .badInput }
        return problems.hasErrors ? .failed : nil
    }

    /// The problems as `file:line:column: problem`.
    var lines: [String] {
        failure.map { [$0] } ?? problems.map { $0.line(in: file) }
    }

    /// One line on the whole file.
    var summary: String {
        if failure != nil { return "\(file): cannot be read" }
        let errors = problems.count { $0.severity == .error }
        let warnings = problems.count - errors
        let counts = [Self.count(errors, "error"), Self.count(warnings, "warning")]
            .compactMap(\.self)
        return "\(file): " + (counts.isEmpty ? "valid" : counts.joined(separator: ", "))
    }

    /// The report as an element of `files`.
    var json: JSONValue {
        var object = JSONObject([
            ("file", .string(file)),
            ("valid", .bool(status == nil)),
        ])
        if let failure { object["failure"] = .string(failure) }
        object["problems"] = .array(problems.map(Self.json))
        return .object(object)
    }

    private static func json(_ problem: DefinitionProblem) -> JSONValue {
        var object = JSONObject([
            ("severity", .string(problem.severity.rawValue)),
            ("code", .string(problem.code.rawValue)),
            ("pointer", .string(problem.pointer)),
        ])
        if let location = problem.location { object["location"] = .string(location) }
        object["line"] = .number(JSONNumber(Int64(problem.line)))
        object["column"] = .number(JSONNumber(Int64(problem.column)))
        object["message"] = .string(problem.message)
        if let hint = problem.hint { object["hint"] = .string(hint) }
        return .object(object)
    }

    private static func count(_ count: Int, _ noun: String) -> String? {
        count == 0 ? nil : "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
