import Foundation

/// The files of a project as they are at one moment.
struct ProjectFiles: Equatable {
    /// What changes when a file does.
    struct Stamp: Equatable {
        let modified: Date?
        let size: UInt64?
        let inode: UInt64?
    }

    /// What the project's parts are called.
    static let definitionEndings = [".asl.json", ".asl.yaml", ".asl.yml"]

    /// The definitions by their paths.
    private(set) var definitions: [String: Stamp] = [:]
    /// Everything else that tests may read: tests, inputs, mocks.
    private(set) var others: [String: Stamp] = [:]
    /// The configuration; nil when there is none.
    private(set) var configuration: Stamp?

    /// Looks at the files below the working directory.
    init() {
        look(at: "", depth: 0)
        configuration = Self.stamp(DevSession.configuration)
    }

    private mutating func look(at folder: String, depth: Int) {
        guard depth < 16 else { return }
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: folder.isEmpty ? "." : folder
        )
        for name in (names ?? []).sorted() where !name.hasPrefix(".") {
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
                continue
            }
            if isDirectory.boolValue {
                if !SuiteFiles.passedOver.contains(name) { look(at: path, depth: depth + 1) }
            } else if Self.definitionEndings.contains(where: name.hasSuffix) {
                definitions[path] = Self.stamp(path)
            } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.hasSuffix(".json") {
                others[path] = Self.stamp(path)
            }
        }
    }

    private static func stamp(_ path: String) -> Stamp? {
        guard let found = try? FileManager.default.attributesOfItem(atPath: path) else {
            return nil
        }
        return Stamp(
            modified: found[.modificationDate] as? Date,
            size: (found[.size] as? NSNumber)?.uint64Value,
            inode: (found[.systemFileNumber] as? NSNumber)?.uint64Value
        )
    }
}
