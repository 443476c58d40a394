/// A set of page numbers, one bit each.
struct PageSet {
    private var words: [UInt64]
    /// The highest page that was added.
    private(set) var highest: UInt64 = 0

    /// Room for pages up to `count`; `limit` bounds it by what the file can hold.
    init(count: UInt64, limit: UInt64) {
        words = [UInt64](repeating: 0, count: Int(min(count, limit + 1024) / 64) + 1)
    }

    /// Adds a page; false when it is there already.
    ///
    /// A page behind the file's end is not kept.
    mutating func insert(_ page: UInt64) -> Bool {
        highest = max(highest, page)
        let index = Int(page / 64)
        guard index < words.count else { return true }
        let bit: UInt64 = 1 << (page % 64)
        guard words[index] & bit == 0 else { return false }
        words[index] |= bit
        return true
    }
}
