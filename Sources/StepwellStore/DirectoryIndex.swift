import StepwellHistory

/// Where an execution's directory frames are, oldest first, so that a page of a long history is
/// found without following the links from the end again.
///
/// Directories never change and only grow in number: what an index holds stays true.
struct DirectoryIndex: Sendable {
    /// One directory frame.
    struct Place: Sendable, Hashable {
        /// The first ordinal of the first segment that it names.
        var firstOrdinal: Ordinal
        var location: SegmentLocation
    }

    var places: [Place] = []

    var count: Int { places.count }

    /// The place of the directory to begin with to find an ordinal; `count` stands for the segments
    /// behind the newest directory.
    func first(holding ordinal: Ordinal, recent: [SegmentReference]) -> Int {
        if let first = recent.first, first.firstOrdinal <= ordinal { return count }
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if places[middle].firstOrdinal <= ordinal { low = middle + 1 } else { high = middle }
        }
        return max(low - 1, 0)
    }

    /// The index up to a directory, if that is one of it.
    func prefix(upTo location: SegmentLocation) -> DirectoryIndex? {
        guard let last = places.lastIndex(where: { $0.location == location }) else { return nil }
        return DirectoryIndex(places: Array(places[...last]))
    }
}

/// The directory indexes of the executions read last.
struct DirectoryIndexes: Sendable {
    /// Executions, and directory frames of all of them: 2 MiB.
    static let (capacity, placeCapacity) = (256, 65_536)

    /// The one used last comes last.
    private var kept: [(execution: ExecutionNumber, index: DirectoryIndex)] = []
    private var places = 0

    mutating func index(of execution: ExecutionNumber) -> DirectoryIndex? {
        guard let place = kept.lastIndex(where: { $0.execution == execution }) else { return nil }
        let found = kept.remove(at: place)
        kept.append(found)
        return found.index
    }

    mutating func keep(_ index: DirectoryIndex, of execution: ExecutionNumber) {
        if let place = kept.lastIndex(where: { $0.execution == execution }) {
            places -= kept.remove(at: place).index.count
        }
        kept.append((execution, index))
        places += index.count
        while kept.count > 1, kept.count > Self.capacity || places > Self.placeCapacity {
            places -= kept.removeFirst().index.count
        }
    }
}
