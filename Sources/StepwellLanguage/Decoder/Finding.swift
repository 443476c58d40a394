/// A problem before its line and column are known.
struct Finding {
    let severity: DefinitionProblem.Severity
    let code: DefinitionProblemCode
    /// The exact place.
    let path: DefinitionPath
    /// The place that AWS would name, when it is not the exact one.
    let reported: DefinitionPath?
    let message: String
    let hint: String?
}

/// The problems found so far.
struct Findings {
    private(set) var list: [Finding] = []

    /// How many problems are reported at most; a text with more is no definition.
    static let limit = 500

    /// Whether further problems are dropped, so that none need be looked for.
    var isFull: Bool { list.count >= Self.limit && hasErrors }

    var hasErrors: Bool { list.contains { $0.severity == .error } }

    mutating func error(
        _ code: DefinitionProblemCode = .schemaValidationFailed,
        at path: DefinitionPath,
        reported: DefinitionPath? = nil,
        _ message: String,
        hint: String? = nil
    ) {
        add(.error, code, path, reported, message, hint)
    }

    mutating func warning(
        _ code: DefinitionProblemCode,
        at path: DefinitionPath,
        _ message: String,
        hint: String? = nil
    ) {
        add(.warning, code, path, nil, message, hint)
    }

    private mutating func add(
        _ severity: DefinitionProblem.Severity,
        _ code: DefinitionProblemCode,
        _ path: DefinitionPath,
        _ reported: DefinitionPath?,
        _ message: String,
        _ hint: String?
    ) {
        // An error is never dropped for warnings that came before it.
        guard list.count < Self.limit || (severity == .error && !hasErrors) else { return }
        list.append(
            Finding(
                severity: severity,
                code: code,
                path: path,
                reported: reported,
                message: message,
                hint: hint
            )
        )
    }
}
