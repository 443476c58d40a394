import Foundation
import StepwellLMDB

/// The pages that a commit wrote, as the difference between the file before and after it.
///
/// LMDB writes a commit's data pages, waits until they are on the disk, and then writes the one
/// meta page, which it waits for too. So a loss of power between two commits leaves the file before
/// with some part of the data pages, or with all of them and the meta page.
struct CommitWrites {
    let before: [UInt8]
    let after: [UInt8]
    /// The numbers of the data pages that differ.
    let dataPages: [Int]
    /// The number of the meta page that differs.
    let metaPage: Int?

    static let pageSize = 4096
    static let sectorSize = 512

    init(before: [UInt8], after: [UInt8]) {
        self.before = before
        self.after = after
        let count = after.count / Self.pageSize
        let changed = (0..<count).filter { page in
            let range = page * Self.pageSize..<(page + 1) * Self.pageSize
            return range.upperBound > before.count || before[range] != after[range]
        }
        dataPages = changed.filter { $0 >= 2 }
        metaPage = changed.first { $0 < 2 }
    }

    /// The file with some of the data pages: the first `count`, the last of them only up to a
    /// sector.
    func prefix(_ count: Int, sectors: Int) -> [UInt8] {
        var image = before
        for (index, page) in dataPages.prefix(count).enumerated() {
            let isLast = index == count - 1
            write(page, sectors: isLast ? 0..<sectors : 0..<8, to: &image)
        }
        return image
    }

    /// The file with an arbitrary choice of sectors of the data pages.
    func scattered(_ random: inout SeededGenerator) -> [UInt8] {
        var image = before
        for page in dataPages.shuffled(using: &random) where random.below(4) != 0 {
            for sector in 0..<8 where random.below(3) != 0 {
                write(page, sectors: sector..<sector + 1, to: &image)
            }
        }
        return image
    }

    /// The file with all data pages and the first sectors of the meta page.
    func complete(metaSectors: Int) -> [UInt8] {
        var image = before
        for page in dataPages { write(page, sectors: 0..<8, to: &image) }
        if let metaPage { write(metaPage, sectors: 0..<metaSectors, to: &image) }
        return image
    }

    private func write(_ page: Int, sectors: Range<Int>, to image: inout [UInt8]) {
        let start = page * Self.pageSize + sectors.lowerBound * Self.sectorSize
        let end = page * Self.pageSize + sectors.upperBound * Self.sectorSize
        guard start < end else { return }
        if image.count < end { image += [UInt8](repeating: 0, count: end - image.count) }
        image.replaceSubrange(start..<end, with: after[start..<end])
    }
}

extension TemporaryDirectory {
    /// The store's data file.
    var dataFile: String { Environment.dataFile(in: path + "/shard-0") }

    func readDataFile() throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: dataFile)))
    }

    /// Puts a data file into the directory, and no lock file.
    func install(_ image: [UInt8]) throws {
        let shard = path + "/shard-0"
        try? FileManager.default.removeItem(atPath: shard)
        try FileManager.default.createDirectory(
            atPath: shard,
            withIntermediateDirectories: true
        )
        try Data(image).write(to: URL(filePath: dataFile))
    }
}
