import StepwellEngine
import StepwellHistory

/// The rows of a run's block, decoded into one buffer.
final class BlockRows: Sendable {
    /// Key and value of each row, one behind the other.
    private let bytes: [UInt8]
    /// Where each row's key begins and where its value does; at the end, where the last one ends.
    private let bounds: [UInt32]
    let count: Int

    /// Reads a block; its checksum is verified.
    init(_ block: [UInt8], run: UInt64, number: UInt32) throws(StoreError) {
        do throws(ByteReaderError) {
            var reader = try RunBlock.unseal(block, run: run, block: number)
            count = try reader.readElementCount()
            var bytes: [UInt8] = []
            bytes.reserveCapacity(block.count * 2)
            var bounds: [UInt32] = []
            bounds.reserveCapacity(count * 2 + 1)
            var last = 0..<0
            for _ in 0..<count {
                let shared = try reader.readCount()
                guard shared <= last.count else {
                    throw ByteReaderError(.invalid("key"), at: reader.position)
                }
                let start = bytes.count
                bytes.append(contentsOf: bytes[last.prefix(shared)])
                bytes.append(contentsOf: try reader.readRaw(try reader.readCount()))
                last = start..<bytes.count
                bounds.append(UInt32(start))
                bounds.append(UInt32(bytes.count))
                bytes.append(contentsOf: try reader.readRaw(try reader.readCount()))
            }
            bounds.append(UInt32(bytes.count))
            self.bytes = bytes
            self.bounds = bounds
        } catch {
            throw StoreError(.damaged, "run \(run), block \(number): \(error.what)")
        }
    }

    /// About how much memory it takes.
    var byteCount: Int { bytes.count + bounds.count * 4 + 96 }

    func key(_ row: Int) -> ArraySlice<UInt8> {
        bytes[Int(bounds[2 * row])..<Int(bounds[2 * row + 1])]
    }

    func value(_ row: Int) -> ArraySlice<UInt8> {
        bytes[Int(bounds[2 * row + 1])..<Int(bounds[2 * row + 2])]
    }

    /// The first row whose key is not before `key`.
    func lowerBound(of key: [UInt8]) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self.key(middle).precedes(key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Collection<UInt8> {
    /// The order of keys: by bytes, a prefix first.
    func precedes(_ other: some Collection<UInt8>) -> Bool {
        let answer = withContiguousStorageIfAvailable { left in
            other.withContiguousStorageIfAvailable { right in
                for index in 0..<Swift.min(left.count, right.count)
                where left[index] != right[index] {
                    return left[index] < right[index]
                }
                return left.count < right.count
            }
        }
        return (answer ?? nil) ?? lexicographicallyPrecedes(other)
    }
}
