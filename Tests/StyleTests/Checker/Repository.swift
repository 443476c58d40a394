import Foundation

/// The files of this repository that the rules look at.
enum Repository {
    /// The package root.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static let folders = ["Sources", "Tests", "Benchmarks", "Tools", ".ci"]
    private static let textExtensions: Set = [
        "swift", "md", "py", "sh", "json", "txt", "h", "js", "css", "html", "",
    ]

    /// Every text file below the folders of the package, and those at its top, by path.
    static func files() throws -> [SourceFile] {
        try paths().compactMap { path in
            let data = try Data(contentsOf: root.appending(path: path))
            guard !data.contains(0) else { return nil }
            return SourceFile(path: path, text: String(decoding: data, as: UTF8.self))
        }
    }

    private static func paths() throws -> [String] {
        let manager = FileManager.default
        var found: [String] = []
        for name in try manager.contentsOfDirectory(atPath: root.path) where isText(name) {
            if !isDirectory(name) && name != ".git" { found.append(name) }
        }
        for folder in folders where isDirectory(folder) {
            for name in try manager.subpathsOfDirectory(atPath: root.appending(path: folder).path) {
                let path = folder + "/" + name
                let skipped = path.split(separator: "/").contains {
                    $0.hasPrefix(".build") || $0.hasPrefix(".swiftpm") || $0 == "__pycache__"
                }
                if !skipped && isText(name) && !isDirectory(path) { found.append(path) }
            }
        }
        return found.sorted()
    }

    private static func isText(_ name: String) -> Bool {
        textExtensions.contains((name as NSString).pathExtension)
    }

    private static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        let there = FileManager.default.fileExists(
            atPath: root.appending(path: path).path,
            isDirectory: &isDirectory
        )
        return there && isDirectory.boolValue
    }
}
