import Foundation
import Testing

@testable import StepwellServer

@Suite("A file that stays open")
struct AppendedFileTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "stepwell-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test("It is made anew when it was renamed away or removed")
    func renamed() throws {
        try withFolder { folder in
            let path = folder.appending(path: "audit")
            let rest = folder.appending(path: "audit.1")
            let file = AppendedFile(path: path.path)
            #expect(file.append(Array("a\n".utf8)) == nil)
            #expect(file.append(Array("b\n".utf8)) == nil)
            try FileManager.default.moveItem(at: path, to: rest)
            #expect(file.append(Array("c\n".utf8)) == nil)
            #expect(try String(contentsOf: rest, encoding: .utf8) == "a\nb\n")
            #expect(try String(contentsOf: path, encoding: .utf8) == "c\n")
            try FileManager.default.removeItem(at: path)
            #expect(file.append(Array("d\n".utf8)) == nil)
            #expect(try String(contentsOf: path, encoding: .utf8) == "d\n")
        }
    }

    @Test("What keeps it from being written is told")
    func refused() throws {
        try withFolder { folder in
            let file = AppendedFile(path: folder.appending(path: "no/where").path)
            #expect(file.append([]) == "No such file or directory")
            #expect(AppendedFile(path: "/dev/full").append([65]) == "No space left on device")
        }
    }
}
