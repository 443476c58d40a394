/// A branch or leaf page, with its bounds checked.
struct TreePage {
    /// An entry of the page.
    struct Node {
        let key: [UInt8]
        /// Of a branch: the page below; of an overflow value: its first page.
        let child: UInt64
        /// Of a leaf: the offset of the value in the page.
        let dataOffset: Int
        /// Of a leaf: the size of the value.
        let dataSize: Int
        let isOverflow: Bool
        /// Whether the value describes a tree of its own.
        let isTable: Bool
    }

    private let bytes: [UInt8]
    private let number: UInt64
    private let file: DataFile
    let isLeaf: Bool
    let count: Int
    private let upper: Int

    init(_ bytes: [UInt8], number: UInt64, of file: DataFile) throws(LMDBError) {
        guard bytes.count == DataFile.pageSize, bytes[...].little(at: 0, width: 8) == number
        else { throw file.damaged("page \(number) carries another number") }
        let flags = bytes[...].little(at: 10, width: 2)
        guard flags == 0x01 || flags == 0x02 else {
            throw file.damaged("page \(number) is neither branch nor leaf")
        }
        let lower = Int(bytes[...].little(at: 12, width: 2))
        upper = Int(bytes[...].little(at: 14, width: 2))
        guard lower >= 16, lower % 2 == 0, lower <= upper, upper <= DataFile.pageSize else {
            throw file.damaged("page \(number) has wrong bounds")
        }
        isLeaf = flags == 0x02
        count = (lower - 16) / 2
        guard count >= (isLeaf ? 1 : 2) else { throw file.damaged("page \(number) is empty") }
        self.bytes = bytes
        self.number = number
        self.file = file
    }

    func node(_ index: Int) throws(LMDBError) -> Node {
        let start = Int(bytes[...].little(at: 16 + 2 * index, width: 2))
        guard start >= upper, start % 2 == 0, start + 8 <= bytes.count else {
            throw file.damaged("a node of page \(number) is outside of it")
        }
        let low = bytes[...].little(at: start, width: 2)
        let high = bytes[...].little(at: start + 2, width: 2)
        let flags = bytes[...].little(at: start + 4, width: 2)
        let keySize = Int(bytes[...].little(at: start + 6, width: 2))
        let keyEnd = start + 8 + keySize
        guard keyEnd <= bytes.count else {
            throw file.damaged("a key of page \(number) is outside of it")
        }
        let key = Array(bytes[start + 8..<keyEnd])
        guard isLeaf else {
            return Node(
                key: key,
                child: low | high << 16 | flags << 32,
                dataOffset: 0,
                dataSize: 0,
                isOverflow: false,
                isTable: false
            )
        }
        return try leafNode(key, keyEnd, size: Int(low | high << 16), flags: flags)
    }

    private func leafNode(
        _ key: [UInt8],
        _ dataOffset: Int,
        size: Int,
        flags: UInt64
    ) throws(LMDBError) -> Node {
        guard flags <= 0x02 else {
            throw file.damaged("a node of page \(number) has flags \(flags)")
        }
        let isOverflow = flags == 0x01
        guard dataOffset + (isOverflow ? 8 : size) <= bytes.count else {
            throw file.damaged("a value of page \(number) is outside of it")
        }
        guard flags != 0x02 || size == 48 else {
            throw file.damaged("a table on page \(number) is not described by 48 bytes")
        }
        return Node(
            key: key,
            child: isOverflow ? bytes[...].little(at: dataOffset, width: 8) : 0,
            dataOffset: dataOffset,
            dataSize: size,
            isOverflow: isOverflow,
            isTable: flags == 0x02
        )
    }
}
