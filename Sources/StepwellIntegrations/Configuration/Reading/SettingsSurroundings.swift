import Foundation

/// What a settings file refers to: variables of the environment, and files.
package struct SettingsSurroundings: Sendable {
    /// The value of a variable; nil when it is not set.
    package var variable: @Sendable (String) -> String?
    /// The content of a file; nil when it cannot be read.
    package var content: @Sendable (String) -> [UInt8]?
    /// Whether a path is that of a directory.
    package var isDirectory: @Sendable (String) -> Bool

    package init(
        variable: @escaping @Sendable (String) -> String?,
        content: @escaping @Sendable (String) -> [UInt8]?,
        isDirectory: @escaping @Sendable (String) -> Bool
    ) {
        self.variable = variable
        self.content = content
        self.isDirectory = isDirectory
    }

    /// Those of this process.
    package static let process = SettingsSurroundings(
        variable: { ProcessInfo.processInfo.environment[$0] },
        content: { (try? Data(contentsOf: URL(fileURLWithPath: $0))).map(Array.init) },
        isDirectory: { path in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
                && isDirectory.boolValue
        }
    )
}
