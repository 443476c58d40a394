internal import CLMDB

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The file system below a directory.
package struct FileSystem: Sendable, Hashable {
    /// Whether memory maps and locks hold there.
    package enum Kind: Sendable, Hashable {
        case local
        /// Shared between machines, by the name given: a memory map and its locks are not safe.
        case remote(String)
        /// FUSE: depends on what is behind it.
        case userSpace
    }

    package let kind: Kind
    /// The bytes that an unprivileged process can still write.
    package let availableBytes: UInt64

    private static let remoteKinds: [(magic: UInt32, name: String)] = [
        (0x6969, "NFS"), (0x517B, "SMB"), (0xFF53_4D42, "CIFS"), (0xFE53_4D42, "SMB2"),
        (0x0102_1997, "9P"), (0x5346_414F, "AFS"), (0x00C3_6400, "Ceph"), (0x0BD0_0BD0, "Lustre"),
        (0x0116_1970, "GFS2"), (0x7461_636F, "OCFS2"),
    ]

    /// Asks the file system of a path.
    package init(at path: String) throws(LMDBError) {
        var status = statfs()
        guard unsafe statfs(path, &status) == 0 else {
            throw LMDBError(result: errno, "file system of \(path)")
        }
        #if canImport(Darwin)
        // There a kind has no fixed number, and the system says what is the machine's own.
        kind = status.f_flags & UInt32(MNT_LOCAL) == 0 ? .remote("a remote one") : .local
        #else
        kind = Self.kind(ofMagic: UInt32(truncatingIfNeeded: status.f_type))
        #endif
        availableBytes = UInt64(status.f_bavail) &* UInt64(status.f_bsize)
    }

    /// The kind that a magic number of `statfs` stands for.
    static func kind(ofMagic magic: UInt32) -> Kind {
        if magic == 0x6573_5546 { return .userSpace }
        guard let known = remoteKinds.first(where: { $0.magic == magic }) else { return .local }
        return .remote(known.name)
    }
}
