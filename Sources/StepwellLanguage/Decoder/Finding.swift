/// A problem before its line and column are known.
struct Finding {
    let severity: DefinitionProblem.Severity
    let code: DefinitionProblemCode
    /// The exact place.
    let path: DefinitionPath
    /// The place that AWS would name, when it is not the exact one.
    let reported: DefinitionPath?
    /// Whether AWS names a place at all.
    var isPlaced = true
    let message: String
    let hint: String?
    /// See `DefinitionProblem.blocksRunningOnly`.
    var blocksRunningOnly = false
}

/// The problems found so far.
struct Findings {
    private(set) var list: [Finding] = []

    /// How many problems are reported at most; a text with more is no definition.
    static let limit = 500

    /// Whether further problems are dropped, so that none need be looked for.
    var isFull: Bool { list.count >= Self.limit && hasErrors }

    var hasErrors: Bool { list.contains { $0.severity == .error } }

    /// Whether the definition is none of the language.
    var hasLanguageErrors: Bool {
        list.contains { $0.severity == .error && !$0.blocksRunningOnly }
    }

    mutating func error(
        _ code: DefinitionProblemCode = .schemaValidationFailed,
        at path: DefinitionPath,
        reported: DefinitionPath? = nil,
        isPlaced: Bool = true,
        _ message: String,
        hint: String? = nil,
        blocksRunningOnly: Bool = false
    ) {
        add(
            Finding(
                severity: .error,
                code: code,
                path: path,
                reported: reported,
                isPlaced: isPlaced,
                message: message,
                hint: hint,
                blocksRunningOnly: blocksRunningOnly
            )
        )
    }

    mutating func warning(
        _ code: DefinitionProblemCode,
        at path: DefinitionPath,
        _ message: String,
        hint: String? = nil
    ) {
        add(
            Finding(
                severity: .warning,
                code: code,
                path: path,
                reported: nil,
                message: message,
                hint: hint
            )
        )
    }

    private mutating func add(_ finding: Finding) {
        // An error is never dropped for warnings that came before it.
        guard list.count < Self.limit || (finding.severity == .error && !hasErrors) else { return }
        list.append(finding)
    }
}
