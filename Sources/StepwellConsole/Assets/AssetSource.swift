/// Where the files of the page come from.
package protocol AssetSource: Sendable {
    /// The bytes of a file, by its path below the folder `Resources`; nil when there is none.
    func bytes(of path: String) -> [UInt8]?
}
