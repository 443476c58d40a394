import Foundation

extension SettingsFile {
    /// Reads a file.
    ///
    /// - Throws: `SettingsFileError` when it cannot be read, or with what is wrong with it.
    package init(path: String) throws(SettingsFileError) {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw SettingsFileError(description: "\(path): the file cannot be read")
        }
        try self.init(Array(data), name: path)
    }
}
