/// A sorted set of keys in chunks, so that adding one moves few others.
struct SortedKeys: Sendable {
    private static let chunkLimit = 256

    /// None is empty; all in order.
    private var chunks: [[[UInt8]]] = []
    private(set) var count = 0

    /// Adds a key; one that is there stays.
    mutating func insert(_ key: [UInt8]) {
        guard !chunks.isEmpty else {
            chunks = [[key]]
            count = 1
            return
        }
        let chunk = max(0, chunkIndex(behind: key) - 1)
        let place = Self.lowerBound(of: key, in: chunks[chunk])
        guard place == chunks[chunk].count || chunks[chunk][place] != key else { return }
        chunks[chunk].insert(key, at: place)
        count += 1
        guard chunks[chunk].count > Self.chunkLimit else { return }
        let half = chunks[chunk].count / 2
        let tail = Array(chunks[chunk][half...])
        chunks[chunk].removeSubrange(half...)
        chunks.insert(tail, at: chunk + 1)
    }

    /// Removes a key that may be there.
    mutating func remove(_ key: [UInt8]) {
        guard !chunks.isEmpty else { return }
        let chunk = max(0, chunkIndex(behind: key) - 1)
        let place = Self.lowerBound(of: key, in: chunks[chunk])
        guard place < chunks[chunk].count, chunks[chunk][place] == key else { return }
        chunks[chunk].remove(at: place)
        count -= 1
        if chunks[chunk].isEmpty { chunks.remove(at: chunk) }
    }

    /// The keys from the first that is not before `start`, in order, until `body` says stop.
    func forEach(from start: [UInt8], _ body: ([UInt8]) -> Bool) {
        guard !chunks.isEmpty else { return }
        var chunk = max(0, chunkIndex(behind: start) - 1)
        var place = Self.lowerBound(of: start, in: chunks[chunk])
        while chunk < chunks.count {
            while place < chunks[chunk].count {
                guard body(chunks[chunk][place]) else { return }
                place += 1
            }
            chunk += 1
            place = 0
        }
    }

    /// The first key that is not before `start`.
    func first(from start: [UInt8]) -> [UInt8]? {
        var found: [UInt8]?
        forEach(from: start) { key in
            found = key
            return false
        }
        return found
    }

    /// The index of the first chunk whose first key is behind the key.
    private func chunkIndex(behind key: [UInt8]) -> Int {
        var low = 0
        var high = chunks.count
        while low < high {
            let middle = (low + high) / 2
            if key.precedes(chunks[middle][0]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func lowerBound(of key: [UInt8], in chunk: [[UInt8]]) -> Int {
        var low = 0
        var high = chunk.count
        while low < high {
            let middle = (low + high) / 2
            if chunk[middle].precedes(key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension [UInt8] {
    /// The order of keys: by bytes, a prefix first.
    func precedes(_ other: [UInt8]) -> Bool {
        let shared = Swift.min(count, other.count)
        for index in 0..<shared where self[index] != other[index] {
            return self[index] < other[index]
        }
        return count < other.count
    }
}
