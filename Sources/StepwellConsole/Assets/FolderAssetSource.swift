import Foundation

/// The files of a folder, read each time: for whoever works on the page.
package struct FolderAssetSource: AssetSource {
    private let folder: URL

    /// Files below a folder, no link leads out of which.
    package init(folder: String) {
        self.folder = URL(fileURLWithPath: folder, isDirectory: true).resolvingSymlinksInPath()
    }

    package func bytes(of path: String) -> [UInt8]? {
        let file = folder.appending(path: path).resolvingSymlinksInPath()
        guard file.path.utf8.starts(with: "\(folder.path)/".utf8),
            let data = try? Data(contentsOf: file)
        else { return nil }
        return Array(data)
    }
}
