import StepwellHistory
import StepwellLanguage

/// The access keys of a file in the form of AWS's shared credentials file.
///
/// Every section that has `aws_access_key_id` gives one key; `aws_secret_access_key` has to be
/// there too, `aws_session_token` and `aws_credential_expiration` (ISO 8601) may be, and so may
/// `stepwell_access`, `full` or `read-only`. Settings with other names belong to AWS's tools, which
/// share the format, and are not looked at.
package struct CredentialsFile: Sendable {
    /// The keys by their identifiers.
    package let keys: [String: AccessKey]
    /// The keys by the names of their sections.
    package let profiles: [String: AccessKey]

    /// Reads the text of a file; `name` is what errors call it.
    ///
    /// - Throws: `CredentialsFileError` with the line of what is wrong; no secret is in its text.
    package init(_ text: String, name: String) throws(CredentialsFileError) {
        var keys: [String: AccessKey] = [:]
        var profiles: [String: AccessKey] = [:]
        for section in try CredentialsSection.sections(of: text, file: name) {
            guard let key = try section.key(file: name) else { continue }
            guard keys.updateValue(key, forKey: key.id) == nil else {
                throw CredentialsFileError(
                    name,
                    section.line,
                    "the access key \(key.id) appears twice"
                )
            }
            profiles[section.name] = key
        }
        guard !keys.isEmpty else {
            throw CredentialsFileError(
                name,
                1,
                "no section has aws_access_key_id and aws_secret_access_key"
            )
        }
        self.keys = keys
        self.profiles = profiles
    }
}

/// Why a credentials file cannot be used: `file:line: problem`.
package struct CredentialsFileError: Error, Sendable, CustomStringConvertible {
    /// The file, the line where one is meant, and the problem.
    package let description: String

    init(_ file: String, _ line: Int, _ problem: String) {
        description = "\(file):\(line): \(problem)"
    }

    /// A problem of the file as a whole.
    package init(_ file: String, _ problem: String) {
        description = "\(file): \(problem)"
    }
}
