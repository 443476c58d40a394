import Foundation

/// The lines of standard input as bytes, one as soon as it is there; a line end of either kind is
/// none of its line, and the last line needs none.
struct InputLines: Sequence, IteratorProtocol {
    private var pending: [UInt8] = []
    /// Where the next line begins.
    private var start = 0
    private var isAtEnd = false

    mutating func next() -> [UInt8]? {
        var searched = start
        while true {
            if let end = pending[searched...].firstIndex(of: 0x0A) {
                return take(upTo: end)
            }
            guard !isAtEnd else {
                return start < pending.count ? take(upTo: pending.count) : nil
            }
            pending.removeFirst(start)
            start = 0
            searched = pending.count
            let more = FileHandle.standardInput.availableData
            isAtEnd = more.isEmpty
            pending += more
        }
    }

    private mutating func take(upTo end: Int) -> [UInt8] {
        var line = pending[start..<end]
        if line.last == 0x0D { line.removeLast() }
        start = Swift.min(end + 1, pending.count)
        return Array(line)
    }
}
