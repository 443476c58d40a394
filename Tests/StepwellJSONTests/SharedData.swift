import Foundation

/// The recorded data beside the package: `STEPWELL_SHARED`, or `../shared` from the package root.
enum SharedData {
    static let parsing = root.appending(path: "conformance/json-parsing")

    static var hasParsing: Bool {
        FileManager.default.fileExists(atPath: parsing.path())
    }

    private static var root: URL {
        if let path = ProcessInfo.processInfo.environment["STEPWELL_SHARED"] {
            return URL(filePath: path)
        }
        return URL(filePath: #filePath).appending(path: "../../../../shared").standardized
    }

    /// The names of the parsing files with a prefix, in order; empty when the data is absent.
    static func parsingFiles(_ prefix: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: parsing.path())
        return (names ?? []).filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }.sorted()
    }

    static func parsingFile(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: parsing.appending(path: name)))
    }
}
