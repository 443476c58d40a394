import Foundation
import Logging
import StepwellHistory
import Testing

@testable import StepwellServer

@Suite("Credentials files")
struct CredentialsFileTests {
    @Test("Sections with keys, comments, other settings")
    func keys() throws {
        let text = """
            # the keys
            [default]
            aws_access_key_id = AKIDONE
            aws_secret_access_key=se/cr+et=\r
            region = eu-west-1

            [temporary]
            AWS_ACCESS_KEY_ID = ASIATWO
            aws_secret_access_key = s
            aws_session_token = t==
            aws_credential_expiration = 2026-11-23T05:00:00+01:00
            stepwell_access = read-only
            ; a section without a key
            [role]
            role_arn = arn:aws:iam::000000000000:role/r
            """
        let file = try CredentialsFile(text, name: "f")
        #expect(file.profiles["default"] == AccessKey(id: "AKIDONE", secret: "se/cr+et="))
        let temporary = try #require(file.keys["ASIATWO"])
        #expect(temporary.sessionToken == "t==")
        #expect(temporary.access == .readOnly)
        #expect(file.profiles["default"]?.access == .full)
        #expect(temporary.expiration?.rfc3339 == "2026-11-23T04:00:00.000Z")
        #expect(file.keys.count == 2)
    }

    @Test(
        "What is wrong is said with its line",
        arguments: [
            ("", "f:1: no section has"),
            ("a = b", "f:1: this setting is outside any [section]"),
            ("[a]\nnonsense", "f:2: this is not 'name = value'"),
            ("[a", "f:1: the section's ']' is missing"),
            ("[a]\naws_access_key_id = A", "f:2: aws_secret_access_key is missing in [a]"),
            ("[a]\naws_secret_access_key = s", "f:2: aws_access_key_id is missing in [a]"),
            (
                "[a]\naws_access_key_id = A/B\naws_secret_access_key = s",
                "f:2: an access key's identifier has letters"
            ),
            (
                "[a]\naws_access_key_id = A\naws_access_key_id = B",
                "f:3: aws_access_key_id is set twice"
            ),
            (
                "[a]\naws_access_key_id = A\naws_secret_access_key = s\n[b]\n"
                    + "aws_access_key_id = A\naws_secret_access_key = s",
                "f:4: the access key A appears twice"
            ),
            (
                "[a]\naws_access_key_id = A\naws_secret_access_key = s\n"
                    + "aws_credential_expiration = tomorrow",
                "f:4: aws_credential_expiration is not an ISO 8601 time"
            ),
            (
                "[a]\naws_access_key_id = A\naws_secret_access_key = s\n"
                    + "stepwell_access = readonly",
                "f:4: stepwell_access must be full or read-only, not 'readonly'"
            ),
            (
                "[a]\naws_access_key_id = A\naws_secret_access_key = s\n"
                    + "stepwell_acess = read-only",
                "f:4: there is no setting stepwell_acess"
            ),
        ]
    )
    func wrong(text: String, problem: String) {
        do throws(CredentialsFileError) {
            _ = try CredentialsFile(text, name: "f")
            Issue.record("accepted")
        } catch {
            #expect(error.description.hasPrefix(problem), "\(error)")
        }
    }

    @Test("A file that others may read is refused")
    func permissions() throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "stepwell-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let text = "[a]\naws_access_key_id = A\naws_secret_access_key = s\n"
        let logger = Logger(label: "test")
        for (mode, isTaken) in [(0o644, false), (0o640, false), (0o600, true)] {
            _ = FileManager.default.createFile(
                atPath: path,
                contents: Data(text.utf8),
                attributes: [.posixPermissions: mode]
            )
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            let source = try? WatchedCredentials(path: path, logger: logger)
            #expect((source?.keys["A"] != nil) == isTaken)
        }
    }
}
