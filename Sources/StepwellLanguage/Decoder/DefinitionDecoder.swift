package import StepwellJSON

/// Reads, checks and compiles the JSON text of a state machine.
package struct DefinitionDecoder: Sendable {
    /// The values of `${Name}` placeholders.
    package var substitutions: [String: String]
    /// The type of the state machine, which limits its integrations.
    package var machineType: StateMachineKind
    /// What stands in the way of resources, where something does: warned about where they are used.
    package var hindrances: [String: String]

    package init(
        substitutions: [String: String] = [:],
        machineType: StateMachineKind = .standard,
        hindrances: [String: String] = [:]
    ) {
        self.substitutions = substitutions
        self.machineType = machineType
        self.hindrances = hindrances
    }

    /// Decodes the UTF-8 text of a definition.
    ///
    /// Every problem is reported at once; with errors there is no definition.
    package func decode(_ bytes: [UInt8]) -> DecodedDefinition {
        guard bytes.count <= LanguageLimits.definitionBytes else {
            let reason =
                "The definition has \(bytes.count) bytes, more than "
                + "\(LanguageLimits.definitionBytes)"
            return failure(.schemaValidationFailed, reason, hint: nil)
        }
        guard bytes.contains(where: { $0 > 0x20 }) else {
            return failure(
                .schemaValidationFailed,
                AWSMessages.notAnObject,
                hint: "The text is empty."
            )
        }
        do {
            let value = try JSONParser.parse(bytes)
            let filled =
                substitutions.isEmpty ? value : Placeholder.fill(value, from: substitutions)
            return decode(filled, source: bytes)
        } catch {
            return failure(
                .invalidJSONDescription,
                error.reason,
                hint: nil,
                line: error.line,
                column: error.column,
                jackson: JacksonSentence.about(bytes)
            )
        }
    }

    /// Decodes the text of a definition; see `decode(_:)`.
    package func decode(_ text: String) -> DecodedDefinition {
        decode(Array(text.utf8))
    }

    /// A definition's text with the values of its placeholders filled in; the text itself when
    /// there are none.
    ///
    /// - Throws: `JSONParseError` when the text is no JSON.
    package static func filled(
        _ bytes: [UInt8],
        from substitutions: [String: String]
    ) throws(JSONParseError) -> [UInt8] {
        guard !substitutions.isEmpty else { return bytes }
        return JSONWriter.write(
            Placeholder.fill(try JSONParser.parse(bytes), from: substitutions)
        )
    }

    private func decode(_ value: JSONValue, source: [UInt8]) -> DecodedDefinition {
        var validator = DefinitionValidator(machineType: machineType, hindrances: hindrances)
        validator.validate(value)
        var findings = validator.findings
        var scanner = SourceScanner(source)
        let duplicates = duplicateKeys(&scanner)
        var compiled: StateMachineDefinition?
        if !findings.hasLanguageErrors, !duplicates.hasErrors {
            var compiler = DefinitionCompiler()
            do {
                compiled = try compiler.compile(value)
            } catch  where !findings.hasErrors {
                findings.error(at: error.path, "The value cannot be compiled")
            } catch {
                // A placeholder stands where something else has to: that is reported already.
                compiled = nil
            }
        }
        let positions = scanner.positions(of: findings.list.map(\.path))
        let problems = zip(findings.list, positions).map {
            problem($0, at: $1, isObject: value.object != nil)
        }
        return DecodedDefinition(
            compiled: compiled,
            problems: problems + duplicates,
            variableReferences: VariableReference.references(in: validator.scopes),
            resources: validator.resources
        )
    }

    /// A state that is written twice is an error; of other keys the last counts, as it does for
    /// AWS.
    private func duplicateKeys(_ scanner: inout SourceScanner) -> [DefinitionProblem] {
        let found = Array(scanner.duplicateKeys().prefix(Findings.limit))
        return zip(found, scanner.positions(at: found.map(\.offset))).map { key, position in
            let path = key.path
            let name = path.lastMember ?? ""
            let isState = path.isState
            return DefinitionProblem(
                severity: isState ? .error : .warning,
                code: isState ? .duplicateStateName : .duplicateKey,
                location: path.location,
                pointer: path.pointer,
                line: position.line,
                column: position.column,
                message: isState
                    ? AWSMessages.duplicateState(name) : "The key '\(name)' is written twice",
                hint: isState ? nil : "Only the last value counts.",
                blocksRunningOnly: false
            )
        }
    }

    private func problem(
        _ finding: Finding,
        at position: (line: Int, column: Int),
        isObject: Bool
    ) -> DefinitionProblem {
        DefinitionProblem(
            severity: finding.severity,
            code: finding.code,
            location: isObject && finding.isPlaced
                ? (finding.reported ?? finding.path).location : nil,
            pointer: finding.path.pointer,
            line: position.line,
            column: position.column,
            message: finding.message,
            hint: finding.hint,
            blocksRunningOnly: finding.blocksRunningOnly
        )
    }

    private func failure(
        _ code: DefinitionProblemCode,
        _ message: String,
        hint: String?,
        line: Int = 1,
        column: Int = 1,
        jackson: String? = nil
    ) -> DecodedDefinition {
        let problem = DefinitionProblem(
            severity: .error,
            code: code,
            location: nil,
            pointer: "",
            line: line,
            column: column,
            message: message,
            hint: hint,
            blocksRunningOnly: false,
            jackson: jackson
        )
        return DecodedDefinition(
            compiled: nil,
            problems: [problem],
            variableReferences: [],
            resources: []
        )
    }
}

extension DefinitionPath {
    fileprivate var lastMember: String? {
        guard case .member(let name) = steps.last else { return nil }
        return name
    }

    /// Whether the place is a member of a `States` object of the machine, a branch or a processor.
    fileprivate var isState: Bool {
        guard steps.count >= 2, steps[steps.count - 2] == .member("States") else { return false }
        if steps.count == 2 { return true }
        switch steps[steps.count - 3] {
        case .item: return true
        case .member(let name): return name == "ItemProcessor" || name == "Iterator"
        }
    }
}
