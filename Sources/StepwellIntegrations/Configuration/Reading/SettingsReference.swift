/// The keys of a settings file as a table, for people.
package enum SettingsReference {
    /// A row for each place that can be written: `| path | what | meaning |`.
    package static func rows(of keys: [SettingsKey]) -> [String] {
        keys.flatMap { rows($0, in: "") }
    }

    private static func rows(_ key: SettingsKey, in parent: String) -> [String] {
        let path = parent + key.name
        let mark = key.isRequired ? "; needed" : ""
        let row = "| `\(path)` | \(name(of: key.shape))\(mark) | \(key.meaning) |"
        return [row] + below(key.shape, path)
    }

    private static func below(_ shape: SettingsShape, _ path: String) -> [String] {
        switch shape {
        case .members(let keys): keys.flatMap { rows($0, in: path + ".") }
        case .named(let name, let member): below(member, "\(path).\(name)")
        case .list(let item): below(item, "\(path)[]")
        case .words(_, let other), .textOr(let other): below(other, path)
        case .listOr(let item, let other): below(item, "\(path)[]") + below(other, path)
        case .flag, .whole, .number, .text, .choice, .path, .directory, .secret, .value,
            .anything:
            []
        }
    }

    private static func name(of shape: SettingsShape) -> String {
        switch shape {
        case .flag: "true or false"
        case .whole(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .text: "text"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .path: "file"
        case .directory: "directory"
        case .secret: "secret"
        case .value: "text or secret"
        case .list(let item): "list: \(name(of: item))"
        case .named(let name, let member): "by \(name): \(Self.name(of: member))"
        case .members: "mapping"
        case .words(let words, let other):
            words.map { "`\($0)`" }.joined(separator: ", ") + " or \(name(of: other))"
        case .textOr(let other): "text or \(name(of: other))"
        case .listOr(let item, let other): "list: \(name(of: item)); or \(name(of: other))"
        case .anything: "any value"
        }
    }
}
