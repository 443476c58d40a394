import Foundation
import Logging
import Stepwell
import Testing

/// Files that are read again when they change.
@Suite("Watched files")
struct WatchedFileTests {
    private struct Unreadable: Error {}

    @Test("one whose mode was in the way is read when the mode has changed")
    func mode() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let manager = FileManager.default
        func write(_ text: String, _ mode: Int) throws {
            try Data(text.utf8).write(to: URL(filePath: path + ".new"))
            try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: path + ".new")
            _ = try? manager.removeItem(atPath: path)
            try manager.moveItem(atPath: path + ".new", toPath: path)
        }
        try write("old", 0o600)
        let file = try WatchedFile(
            path: path,
            subject: "keys",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { (path: String) throws(Unreadable) -> String in
            let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            guard (mode as? NSNumber)?.intValue == 0o600,
                let text = try? String(contentsOfFile: path, encoding: .utf8)
            else { throw Unreadable() }
            return text
        }
        #expect(file.content == "old")
        try write("new", 0o644)
        #expect(file.content == "old")
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(file.content == "new")
    }
}
