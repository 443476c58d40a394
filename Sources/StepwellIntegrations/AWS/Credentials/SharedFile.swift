/// One of AWS's shared files, `~/.aws/config` or `~/.aws/credentials`: sections of settings, which
/// may have settings of their own below them.
struct SharedFile: Sendable {
    /// A section's settings.
    struct Section: Sendable {
        var settings: [String: String] = [:]
        /// The settings that are indented below a setting without a value.
        var nested: [String: [String: String]] = [:]
    }

    /// The sections by what stands between their brackets, white space made one blank.
    private(set) var sections: [String: Section] = [:]

    /// An empty file.
    init() {}

    /// Reads the text of a file; `name` is what errors call it.
    ///
    /// - Throws: `AWSFault.credentials` with the line of what is wrong; no value is in its text.
    init(_ text: String, name: String) throws(AWSFault) {
        var section: String?
        var parent: String?
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, bytes) in lines.enumerated() {
            let isIndented = bytes.first.map { $0 == 0x20 || $0 == 0x09 } ?? false
            let line = Self.trimmed(bytes)
            guard let first = line.utf8.first, first != 0x23, first != 0x3B else { continue }
            if first == UInt8(ascii: "["), !isIndented {
                guard let heading = Self.heading(line) else {
                    throw .credentials("\(name):\(index + 1): the section's ']' is missing")
                }
                section = heading
                parent = nil
                if sections[heading] == nil { sections[heading] = Section() }
                continue
            }
            guard let equals = line.utf8.firstIndex(of: UInt8(ascii: "=")), let section else {
                throw .credentials("\(name):\(index + 1): this is not a setting in a section")
            }
            let key = Self.trimmed(line.utf8[..<equals]).lowercased()
            let value = Self.value(line.utf8[line.utf8.index(after: equals)...])
            if isIndented, let parent {
                sections[section]?.nested[parent, default: [:]][key] = value
            } else {
                sections[section]?.settings[key] = value
                parent = value.isEmpty ? key : nil
            }
        }
    }

    private static func heading(_ line: String) -> String? {
        guard let end = line.utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        let inside = line.utf8[line.utf8.index(after: line.startIndex)..<end]
        let words = inside.split { $0 == 0x20 || $0 == 0x09 }
        return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    /// What is behind a `=`, without a comment that white space sets apart.
    private static func value(_ bytes: Substring.UTF8View) -> String {
        var previous: UInt8 = 0x20
        var end = bytes.endIndex
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == 0x23 || byte == 0x3B, previous == 0x20 || previous == 0x09 {
                end = index
                break
            }
            previous = byte
        }
        return trimmed(bytes[..<end])
    }

    private static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
        let tail = bytes.drop(while: isSpace).reversed().drop(while: isSpace)
        return String(decoding: tail.reversed(), as: UTF8.self)
    }
}
