import Synchronization

/// An object of S3 that is being read, a range at a time.
final class S3Body: ObjectBody {
    /// The bytes of a range.
    private static let range = 4 << 20

    private struct State: Sendable {
        var offset: Int
        var tag: String?
        /// Bytes that were read and not given yet.
        var first: [UInt8]?
        var isAtEnd = false
    }

    private let aws: any AWSCalling
    private let object: ObjectName
    private let state: Mutex<State>

    init(_ aws: any AWSCalling, _ object: ObjectName, from offset: Int, tag: String?) {
        self.aws = aws
        self.object = object
        state = Mutex(State(offset: offset, tag: tag))
    }

    var tag: String { state.withLock { $0.tag ?? "" } }

    /// Reads the first range: an object that is not there, or another, is known then.
    func begin() async throws(ObjectFault) {
        let bytes = try await read()
        state.withLock { $0.first = bytes }
    }

    func next() async throws(ObjectFault) -> [UInt8] {
        let first = state.withLock { state in
            defer { state.first = nil }
            return state.first
        }
        if let first { return first }
        return try await read()
    }

    private func read() async throws(ObjectFault) -> [UInt8] {
        let (offset, tag, isAtEnd) = state.withLock { ($0.offset, $0.tag, $0.isAtEnd) }
        if isAtEnd { return [] }
        let found = try await aws.range(offset..<offset + Self.range, of: object, tag: tag)
        guard let found else {
            state.withLock { $0.isAtEnd = true }
            return []
        }
        state.withLock { state in
            state.offset += found.bytes.count
            state.tag = state.tag ?? found.tag
            state.isAtEnd = found.size.map { state.offset >= $0 } ?? true
        }
        return found.bytes
    }
}
