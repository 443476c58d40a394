/// One of the two first pages of a data file, which say where the newest commit's trees begin.
package struct MetaPage: Sendable, Hashable {
    /// The root of a tree and its counts.
    package struct Tree: Sendable, Hashable {
        package let flags: UInt16
        package let depth: Int
        package let branchPages: UInt64
        package let leafPages: UInt64
        package let overflowPages: UInt64
        package let entries: UInt64
        /// The number of the root page; nil when the tree is empty.
        package let root: UInt64?

        /// Reads the 48 bytes of a tree's description.
        init?(_ bytes: ArraySlice<UInt8>) {
            guard bytes.count == 48 else { return nil }
            let base = bytes.startIndex
            flags = UInt16(truncatingIfNeeded: bytes.little(at: base + 4, width: 2))
            depth = Int(bytes.little(at: base + 6, width: 2))
            branchPages = bytes.little(at: base + 8, width: 8)
            leafPages = bytes.little(at: base + 16, width: 8)
            overflowPages = bytes.little(at: base + 24, width: 8)
            entries = bytes.little(at: base + 32, width: 8)
            let page = bytes.little(at: base + 40, width: 8)
            root = page == .max ? nil : page
        }
    }

    package let transaction: UInt64
    package let lastPage: UInt64
    package let free: Tree
    package let main: Tree

    static let magic: UInt64 = 0xBEEF_C0DE
    static let version: UInt64 = 1
    /// More pages than any file has: offsets in bytes stay within 63 bits.
    static let pageLimit: UInt64 = 1 << 48
    static let metaFlag: UInt64 = 0x08

    /// Reads a meta page, which is page 0 or 1; throws what is wrong with it.
    init(_ page: [UInt8], number: Int, of file: DataFile) throws(LMDBError) {
        guard page.count == DataFile.pageSize else {
            throw file.damaged("the file is truncated: meta page \(number) is not complete")
        }
        guard page[...].little(at: 0, width: 8) == UInt64(number),
            page[...].little(at: 10, width: 2) == Self.metaFlag,
            page[...].little(at: 16, width: 4) == Self.magic
        else { throw file.damaged("page \(number) is not a meta page of an LMDB file") }
        let version = page[...].little(at: 20, width: 4)
        guard version == Self.version else {
            throw LMDBError(.versionMismatch, file.path, "LMDB file format \(version)")
        }
        guard page[...].little(at: 40, width: 4) == UInt64(DataFile.pageSize) else {
            throw file.damaged("meta page \(number) names another page size than 4096")
        }
        guard let free = Tree(page[40..<88]), let main = Tree(page[88..<136]) else {
            throw file.damaged("meta page \(number) has no trees")
        }
        self.free = free
        self.main = main
        lastPage = page[...].little(at: 136, width: 8)
        guard lastPage < Self.pageLimit else {
            throw file.damaged("meta page \(number) names \(lastPage) pages")
        }
        transaction = page[...].little(at: 144, width: 8)
    }
}

extension ArraySlice<UInt8> {
    /// A little-endian integer at an index; the caller has checked the bounds.
    func little(at index: Int, width: Int) -> UInt64 {
        var value: UInt64 = 0
        for place in (0..<width).reversed() {
            value = value << 8 | UInt64(self[index + place])
        }
        return value
    }
}
