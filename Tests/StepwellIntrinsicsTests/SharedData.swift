import Foundation
import StepwellJSON

/// The recorded data beside the repository: `STEPWELL_SHARED`, by default `../shared`.
enum SharedData {
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["STEPWELL_SHARED"] {
            return URL(fileURLWithPath: path)
        }
        let package = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return package.appendingPathComponent("../shared").standardizedFileURL
    }()

    static var isPresent: Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent("conformance").path)
    }

    /// The JSON files of a folder below `conformance`, by name, in order of their names.
    static func files(in folder: String) throws -> [(name: String, value: JSONValue)] {
        let directory = root.appendingPathComponent("conformance").appendingPathComponent(folder)
        let files = try FileManager.default.contentsOfDirectory(
            at: directory,
            includingPropertiesForKeys: nil
        )
        return try files.filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { file in
                (file.lastPathComponent, try JSONParser.parse(Array(try Data(contentsOf: file))))
            }
    }
}

extension JSONValue {
    subscript(key: String) -> JSONValue? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    var items: [JSONValue] {
        if case .array(let items) = self { items } else { [] }
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// Every member below the value.
    var members: [JSONObject.Member] {
        switch self {
        case .object(let object): object.flatMap { [$0] + $0.value.members }
        case .array(let items): items.flatMap(\.members)
        default: []
        }
    }
}
