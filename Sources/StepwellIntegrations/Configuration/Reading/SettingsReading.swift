import StepwellJSON

/// Reads what a checked document refers to, and notes what is wrong beyond its shape.
final class SettingsReading {
    let document: SettingsDocument
    private let surroundings: SettingsSurroundings
    private(set) var problems: [SettingsProblem] = []

    init(_ document: SettingsDocument, _ surroundings: SettingsSurroundings) {
        self.document = document
        self.surroundings = surroundings
    }

    /// Notes a problem.
    func note(_ message: String, at node: SettingsNode) {
        problems.append(document.problem(message, at: node.place))
    }

    /// A path as it is from anywhere.
    func path(_ node: SettingsNode?) -> String? {
        guard let text = node?.text else { return nil }
        return absolute(text)
    }

    /// The path of a directory; a problem when there is none.
    func directory(_ node: SettingsNode) -> String {
        let path = absolute(node.text ?? "")
        if !surroundings.isDirectory(path) { note("there is no directory '\(path)'", at: node) }
        return path
    }

    /// A text that is written, or that the environment or a file holds; empty, and a problem, when
    /// it is not there.
    func secret(_ node: SettingsNode) -> Secret {
        if let flag = node.flag { return Secret("\(flag)") }
        if let text = node.text { return Secret(text) }
        if let name = node["env"]?.text {
            if let text = surroundings.variable(name) { return Secret(text) }
            note("the environment has no variable '\(name)'", at: node)
        } else if let file = path(node["file"]) {
            if let text = surroundings.content(file).map(Self.line) { return Secret(text) }
            note("the file '\(file)' cannot be read", at: node)
        }
        return Secret("")
    }

    /// Named texts that are not shown.
    func secrets(_ node: SettingsNode?) -> [NamedSecret] {
        (node?.members ?? []).filter { !$0.node.value.isNull }
            .map { NamedSecret(name: $0.name, value: secret($0.node)) }
    }

    private func absolute(_ path: String) -> String {
        if path.utf8.first == UInt8(ascii: "/") { return path }
        return path == "." ? document.directory : "\(document.directory)/\(path)"
    }

    /// The text of a file without the line feed that editors put at its end.
    private static func line(_ bytes: [UInt8]) -> String {
        var bytes = bytes[...]
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
