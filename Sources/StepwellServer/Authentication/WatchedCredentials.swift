import Foundation
package import Logging
import Stepwell

/// A credentials file that is read again when it changes, so that keys can be exchanged without a
/// restart.
package final class WatchedCredentials: AccessKeySource {
    private let file: WatchedFile<[String: AccessKey], CredentialsFileError>

    /// Reads the file.
    ///
    /// - Throws: `CredentialsFileError` when it cannot be read or is none, or when others than its
    ///   owner may read it.
    package init(path: String, logger: Logger) throws(CredentialsFileError) {
        file = try WatchedFile(
            path: path,
            subject: "credentials file",
            interval: .seconds(1),
            logger: logger,
            read: { path throws(CredentialsFileError) in try Self.read(path) }
        )
    }

    /// The keys; the file is looked at once a second at most.
    package var keys: [String: AccessKey] { file.content }

    private static func read(_ path: String) throws(CredentialsFileError) -> [String: AccessKey] {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw CredentialsFileError(path, "the file cannot be read")
        }
        let found = try? FileManager.default.attributesOfItem(atPath: path)
        let mode = (found?[.posixPermissions] as? NSNumber)?.uint16Value ?? 0
        guard mode & 0o077 == 0 else {
            throw CredentialsFileError(
                path,
                "it is readable by others than its owner; chmod 600 \(path)"
            )
        }
        return try CredentialsFile(String(decoding: data, as: UTF8.self), name: path).keys
    }
}
