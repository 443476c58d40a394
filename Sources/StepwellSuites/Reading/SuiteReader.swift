import StepwellEngine
import StepwellHistory
package import StepwellIntegrations
import StepwellJSON
import StepwellLanguage

/// Reads a test file; every problem is pointed at.
package struct SuiteReader {
    /// What reading needs from outside: files, each by its absolute path.
    package struct Sources {
        /// A definition's JSON text with substitutions made, and the name that its file gives it.
        package var definition: (String, [String: String]) throws -> (name: String, text: String)
        /// The bytes of a file.
        package var content: (String) throws -> [UInt8]

        /// Sources that are asked while a suite is read.
        package init(
            definition: @escaping (String, [String: String]) throws -> (name: String, text: String),
            content: @escaping (String) throws -> [UInt8]
        ) {
            self.definition = definition
            self.content = content
        }
    }

    let document: SettingsDocument
    private let sources: Sources
    var problems: [SettingsProblem] = []

    /// A reader of one document.
    package init(_ document: SettingsDocument, sources: Sources) {
        self.document = document
        self.sources = sources
    }

    /// Reads the suite.
    ///
    /// - Throws: `SettingsProblems`, all of the file's; what the sources throw.
    package mutating func read() throws -> Suite {
        var check = SettingsCheck(document)
        check.check(document.value, .members(SuiteKeys.file), at: .root)
        guard check.problems.isEmpty else { throw SettingsProblems(check.problems) }
        let root = SettingsNode(value: document.value, place: .root)
        guard let tested = root["machine"] else {
            throw SettingsProblems([document.problem("'machine' is missing here", at: .root)])
        }
        let machine = try machine(tested, named: nil)
        let others = try (root["machines"]?.members ?? []).map {
            try self.machine($0.node, named: $0.name)
        }
        let mockFile = try root["mockFile"].map(mockFile)
        let mocks = MockReader(document: document, machines: [machine] + others)
        let cases = CaseReader(
            document: document,
            machine: machine,
            mocks: mocks,
            shared: root["mocks"],
            mockFile: mockFile,
            content: sources.content,
            path: absolute
        )
        var read: [SuiteCase] = []
        if let list = root["cases"], list.items.isEmpty {
            problems.append(document.problem("there is no case", at: list.place))
        }
        for node in root["cases"]?.items ?? [] {
            do throws(SettingsProblems) {
                read.append(try cases.read(node))
            } catch {
                problems += error.problems
            }
        }
        noteRepeatedNames(read)
        let start = root["start"].flatMap(start)
        if let node = root["start"], start == nil {
            let message = "a time such as 2026-01-01T00:00:00Z is expected here"
            problems.append(document.problem(message, at: node.place))
        }
        guard problems.isEmpty else { throw SettingsProblems(problems) }
        return Suite(
            document: document,
            machine: machine,
            others: others,
            mockFile: mockFile,
            configuration: root["config"]?.text.map(absolute),
            seed: UInt64(root["seed"]?.whole ?? 0),
            start: start ?? Timestamp(milliseconds: 1_767_225_600_000),
            cases: read
        )
    }

    private func machine(_ node: SettingsNode, named name: String?) throws -> SuiteMachine {
        let file = node.text == nil ? node["definition"]?.text : node.text
        let substitutions = (node["substitute"]?.members ?? []).map {
            ($0.name, $0.node.text ?? "")
        }
        let found = try sources.definition(
            absolute(file ?? ""),
            Dictionary(substitutions) { $1 }
        )
        do throws(SuiteFailure) {
            return try SuiteMachine(
                name: name ?? node["name"]?.text ?? found.name,
                file: file ?? "",
                text: found.text,
                type: node["type"]?.text == "EXPRESS" ? .express : .standard
            )
        } catch {
            throw SettingsProblems([document.problem(error.description, at: node.place)])
        }
    }

    private func mockFile(_ node: SettingsNode) throws -> MockConfiguration {
        let text = try sources.content(absolute(node.text ?? ""))
        do throws(MockConfigurationError) {
            return try MockConfiguration(text)
        } catch {
            let problem = SettingsProblem(
                file: node.text ?? "",
                line: error.line,
                column: error.column,
                message: error.message
            )
            throw SettingsProblems([problem])
        }
    }

    private mutating func noteRepeatedNames(_ cases: [SuiteCase]) {
        var names: Set<ByteKey> = []
        for each in cases where !names.insert(ByteKey(each.name)).inserted {
            let message = "another case is called '\(each.name)'"
            problems.append(document.problem(message, at: each.place.appending("name")))
        }
    }

    private func start(_ node: SettingsNode) -> Timestamp? {
        node.text.flatMap { StatesTimestamp(parsing: $0) }
            .map { Timestamp(milliseconds: $0.milliseconds) }
    }

    private func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(document.directory)/\(path)"
    }
}
