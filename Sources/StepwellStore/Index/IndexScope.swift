import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// A part of the index whose rows have one prefix: a family, with what it is divided by.
struct IndexScope: Sendable, Hashable, Comparable {
    let family: KeySpace.Index
    /// The code of a status, in listings by status.
    var code: UInt8 = 0
    /// The machine of a listing, or the name.
    var hash = Hash16.zero

    static let entries = IndexScope(family: .entry)
    static let due = IndexScope(family: .due)
    static let unsettled = IndexScope(family: .unsettled)

    /// The executions of a name.
    static func name(_ hash: Hash16) -> IndexScope { IndexScope(family: .name, hash: hash) }

    /// The executions of a machine, with a status or any.
    static func listing(_ machine: Hash16, status: ExecutionStatus?) -> IndexScope {
        guard let status else { return IndexScope(family: .listing, hash: machine) }
        return IndexScope(
            family: .listingByStatus,
            code: IndexKey.code(of: status),
            hash: machine
        )
    }

    /// What the keys of the scope's rows begin with.
    var prefix: [UInt8] {
        var key = KeyEncoding(tag: family.rawValue)
        switch family {
        case .entry, .due, .unsettled: break
        case .name, .listing:
            key.append(hash.high)
            key.append(hash.low)
        case .listingByStatus:
            key.append(code)
            key.append(hash.high)
            key.append(hash.low)
        }
        return key.bytes
    }

    /// Whether places have a second part.
    var isWide: Bool {
        switch family {
        case .entry, .name, .unsettled: false
        case .due, .listing, .listingByStatus: true
        }
    }

    /// The whole key of a place.
    func key(of place: IndexPlace) -> [UInt8] {
        var key = KeyEncoding()
        key.append(fixed: prefix)
        key.append(place.major)
        if isWide { key.append(place.minor) }
        return key.bytes
    }

    /// The place of an execution; `time` is what the scope is ordered by.
    func place(of execution: ExecutionNumber, at time: Timestamp) -> IndexPlace {
        let number = execution.rawValue
        let bits = UInt64(bitPattern: time.milliseconds) ^ 1 << 63
        switch family {
        case .entry, .unsettled: return IndexPlace(major: number, minor: 0)
        case .name: return IndexPlace(major: ~number, minor: 0)
        case .due: return IndexPlace(major: bits, minor: number)
        case .listing, .listingByStatus: return IndexPlace(major: ~bits, minor: ~number)
        }
    }

    /// The execution at a place.
    func execution(at place: IndexPlace) -> ExecutionNumber {
        switch family {
        case .entry, .unsettled: ExecutionNumber(place.major)
        case .name: ExecutionNumber(~place.major)
        case .due: ExecutionNumber(place.minor)
        case .listing, .listingByStatus: ExecutionNumber(~place.minor)
        }
    }

    /// The place as the port knows it.
    func cursor(at place: IndexPlace) -> QueryCursor {
        QueryCursor(time: time(at: place), execution: execution(at: place))
    }

    /// The time at a place of a scope that is ordered by one.
    func time(at place: IndexPlace) -> Timestamp {
        let bits: UInt64
        switch family {
        case .entry, .unsettled, .name: return Timestamp(milliseconds: 0)
        case .due: bits = place.major
        case .listing, .listingByStatus: bits = ~place.major
        }
        return Timestamp(milliseconds: Int64(bitPattern: bits ^ 1 << 63))
    }

    static func < (lhs: IndexScope, rhs: IndexScope) -> Bool {
        if lhs.family != rhs.family { return lhs.family.rawValue < rhs.family.rawValue }
        if lhs.code != rhs.code { return lhs.code < rhs.code }
        return lhs.hash < rhs.hash
    }
}

/// Where a row is in its scope: the rest of its key, as numbers.
struct IndexPlace: Sendable, Hashable, Comparable {
    var major: UInt64
    var minor: UInt64

    init(major: UInt64, minor: UInt64) {
        self.major = major
        self.minor = minor
    }

    /// The place that ends a key; nil when the key is too short.
    init?(endOf key: ArraySlice<UInt8>, isWide: Bool) {
        guard key.count >= (isWide ? 16 : 8) else { return nil }
        let last = Self.number(key.suffix(8))
        major = isWide ? Self.number(key.dropLast(8).suffix(8)) : last
        minor = isWide ? last : 0
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    static func < (lhs: IndexPlace, rhs: IndexPlace) -> Bool {
        lhs.major == rhs.major ? lhs.minor < rhs.minor : lhs.major < rhs.major
    }
}
