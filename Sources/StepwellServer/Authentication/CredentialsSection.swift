import StepwellHistory
import StepwellLanguage

/// A section of a credentials file: `[name]` and its settings.
struct CredentialsSection {
    let name: String
    /// The line of its heading, from 1.
    let line: Int
    private var settings: [String: (value: String, line: Int)] = [:]

    /// The sections in their order.
    static func sections(
        of text: String,
        file: String
    ) throws(CredentialsFileError) -> [CredentialsSection] {
        var sections: [CredentialsSection] = []
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, bytes) in lines.enumerated() {
            let line = trimmed(bytes)
            let number = index + 1
            guard let first = line.utf8.first, first != 0x23, first != 0x3B else { continue }
            if first == UInt8(ascii: "[") {
                guard line.utf8.last == UInt8(ascii: "]") else {
                    throw CredentialsFileError(file, number, "the section's ']' is missing")
                }
                let name = trimmed(line.utf8.dropFirst().dropLast())
                sections.append(CredentialsSection(name: name, line: number))
                continue
            }
            guard let equals = line.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                throw CredentialsFileError(file, number, "this is not 'name = value'")
            }
            guard !sections.isEmpty else {
                throw CredentialsFileError(file, number, "this setting is outside any [section]")
            }
            let key = trimmed(line.utf8[..<equals]).lowercased()
            let value = trimmed(line.utf8[line.utf8.index(after: equals)...])
            let previous = sections[sections.count - 1].settings
                .updateValue((value, number), forKey: key)
            guard previous == nil else {
                throw CredentialsFileError(file, number, "\(key) is set twice in this section")
            }
        }
        return sections
    }

    private init(name: String, line: Int) {
        self.name = name
        self.line = line
    }

    /// The key of the section; nil when it names none.
    func key(file: String) throws(CredentialsFileError) -> AccessKey? {
        guard let id = settings["aws_access_key_id"] else {
            guard let secret = settings["aws_secret_access_key"] else { return nil }
            throw CredentialsFileError(
                file,
                secret.line,
                "aws_access_key_id is missing in [\(name)]"
            )
        }
        guard let secret = settings["aws_secret_access_key"], !secret.value.isEmpty else {
            throw CredentialsFileError(
                file,
                id.line,
                "aws_secret_access_key is missing in [\(name)]"
            )
        }
        guard !id.value.isEmpty, id.value.utf8.allSatisfy(Self.isWordByte) else {
            throw CredentialsFileError(
                file,
                id.line,
                "an access key's identifier has letters, digits and '_' only"
            )
        }
        try checkOwnNames(file: file)
        let token = settings["aws_session_token"]?.value
        return AccessKey(
            id: id.value,
            secret: secret.value,
            sessionToken: token == "" ? nil : token,
            expiration: try expiration(file: file),
            access: try access(file: file)
        )
    }

    /// What the names of settings begin with that AWS's tools do not know.
    private static let ownPrefix = "stepwell_"
    /// The setting that says what may be done with the key.
    private static let accessName = ownPrefix + "access"

    private func access(file: String) throws(CredentialsFileError) -> AccessKey.Access {
        guard let setting = settings[Self.accessName] else { return .full }
        guard let access = AccessKey.Access(rawValue: setting.value) else {
            let known = AccessKey.Access.allCases.map(\.rawValue).joined(separator: " or ")
            throw CredentialsFileError(
                file,
                setting.line,
                "\(Self.accessName) must be \(known), not '\(setting.value)'"
            )
        }
        return access
    }

    /// What is meant for this server and misspelt would give a key more than was wanted.
    private func checkOwnNames(file: String) throws(CredentialsFileError) {
        let unknown = settings.filter {
            $0.key.utf8.starts(with: Self.ownPrefix.utf8) && $0.key != Self.accessName
        }
        guard let first = unknown.min(by: { $0.value.line < $1.value.line }) else { return }
        throw CredentialsFileError(
            file,
            first.value.line,
            "there is no setting \(first.key); \(Self.accessName) is the only one of this server"
        )
    }

    private func expiration(file: String) throws(CredentialsFileError) -> Timestamp? {
        guard let setting = settings["aws_credential_expiration"] else { return nil }
        guard let time = StatesTimestamp(parsing: setting.value) else {
            throw CredentialsFileError(
                file,
                setting.line,
                "aws_credential_expiration is not an ISO 8601 time with its offset"
            )
        }
        return Timestamp(milliseconds: time.milliseconds)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
        let head = bytes.drop(while: isSpace)
        let tail = head.reversed().drop(while: isSpace)
        return String(decoding: tail.reversed(), as: UTF8.self)
    }
}
