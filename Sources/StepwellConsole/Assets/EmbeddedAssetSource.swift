/// The files that are part of the program.
package struct EmbeddedAssetSource: AssetSource {
    package init() {}

    package func bytes(of path: String) -> [UInt8]? {
        EmbeddedAssets.files[path]?.withUTF8Buffer { Array($0) }
    }

    /// The paths of all files.
    package var paths: [String] { EmbeddedAssets.files.keys.sorted() }
}
