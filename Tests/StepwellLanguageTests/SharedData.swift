import Foundation
import StepwellJSON

/// The recorded data beside the repository: `STEPWELL_SHARED`, by default `../shared`.
enum SharedData {
    static let conformance = root.appending(path: "conformance")

    static var isPresent: Bool {
        FileManager.default.fileExists(atPath: conformance.appending(path: "cases").path())
    }

    private static var root: URL {
        if let path = ProcessInfo.processInfo.environment["STEPWELL_SHARED"] {
            return URL(filePath: path)
        }
        return URL(filePath: #filePath).appending(path: "../../../../shared").standardized
    }

    /// The paths below a folder of the data that end in `suffix`, in order.
    static func files(_ folder: String, suffix: String) -> [String] {
        let names = try? FileManager.default.subpathsOfDirectory(
            atPath: conformance.appending(path: folder).path()
        )
        return (names ?? []).filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: conformance.appending(path: path)))
    }

    static func json(_ path: String) throws -> JSONValue {
        try JSONParser.parse(try bytes(path))
    }
}
