import Glibc
import Synchronization

/// The processes of this machine at one time, and whose they are.
struct ProcessTable: Sendable {
    /// What belongs to one process group: those in it but its leader, and what they have started.
    struct Use: Sendable {
        var processes: [Int32] = []
        var threads = 0
        /// Resident memory, what is shared counted for each.
        var residentBytes = 0
    }

    private struct Entry: Sendable {
        var parent: Int32
        var group: Int32
        var threads: Int
        var residentPages: Int
    }

    private struct Recent: Sendable {
        var table = ProcessTable(entries: [:])
        var isGoodUntil = ContinuousClock.now
    }

    private static let pageBytes = max(1, sysconf(Int32(_SC_PAGESIZE)))
    private static let recent = Mutex(Recent())
    /// How long a table is good, in times of the processor's time that it took to read it: that is
    /// a fiftieth of the time at most for all who ask, on a machine that is busy too.
    private static let patience = 50
    /// However long it took.
    private static let longestPatience = Duration.seconds(1)

    private let entries: [Int32: Entry]

    /// How many threads there are.
    // Order-free: a sum.
    var threads: Int { entries.values.reduce(0) { $0 + $1.threads } }

    /// The processes as they were not long ago; blocks while it reads them.
    static func current() -> ProcessTable {
        recent.withLock { recent in
            guard recent.isGoodUntil <= .now else { return recent.table }
            let begin = ThreadTime.used()
            var entries: [Int32: Entry] = [:]
            for number in numbers() {
                entries[number] = entry(ProcFile.text("/proc/\(number)/stat"))
            }
            let cost = (ThreadTime.used() - begin) * patience
            recent.table = ProcessTable(entries: entries)
            recent.isGoodUntil = .now + min(cost, longestPatience)
            return recent.table
        }
    }

    /// The numbers of all processes.
    static func numbers() -> [Int32] {
        guard let stream = opendir("/proc") else { return [] }
        defer { closedir(stream) }
        var numbers: [Int32] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let number = Int32(name) { numbers.append(number) }
        }
        return numbers
    }

    /// Whether a process is no more, or only waits to be waited for.
    static func hasEnded(_ number: Int32) -> Bool {
        entry(ProcFile.text("/proc/\(number)/stat")) == nil
    }

    /// What is behind the name in `/proc/NUMBER/stat`: state, parent, group and so on.
    private static func entry(_ text: String) -> Entry? {
        guard let name = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: name)...].split(separator: " ")
        guard fields.count > 21, fields[0] != "Z", let parent = Int32(fields[1]),
            let group = Int32(fields[2]), let threads = Int(fields[17]),
            let pages = Int(fields[21])
        else { return nil }
        return Entry(parent: parent, group: group, threads: threads, residentPages: pages)
    }

    /// What belongs to each of some groups.
    func uses(of leaders: Set<Int32>) -> [Int32: Use] {
        var owners: [Int32: Int32?] = [:]
        var uses: [Int32: Use] = [:]
        // Order-free: each is added to a sum.
        for (number, entry) in entries where !leaders.contains(number) {
            guard let owner = owner(number, leaders, &owners) else { continue }
            uses[owner, default: Use()].processes.append(number)
            uses[owner, default: Use()].threads += entry.threads
            uses[owner, default: Use()].residentBytes += entry.residentPages * Self.pageBytes
        }
        return uses
    }

    /// The group that a process, or the nearest of its ancestors, is in.
    private func owner(
        _ number: Int32,
        _ leaders: Set<Int32>,
        _ owners: inout [Int32: Int32?]
    ) -> Int32? {
        var path: [Int32] = []
        var place = number
        var found: Int32?
        while let entry = entries[place], path.count < entries.count {
            if let known = owners[place] {
                found = known
                break
            }
            path.append(place)
            if leaders.contains(entry.group) {
                found = entry.group
                break
            }
            place = entry.parent
        }
        for passed in path { owners[passed] = .some(found) }
        return found
    }
}
