import StepwellHistory

/// The changes of executions' status, in the order in which they became durable, each as soon as it
/// is.
///
/// The changes are read from the log at the reader's pace: a slow one costs no memory and holds
/// nothing up, and one that goes on at a place it has kept misses nothing. The sequence ends when
/// the engine does.
public struct ExecutionStatusChanges: AsyncSequence, Sendable {
    /// A place in the log of all executions; of one data directory only.
    public struct Place: Sendable, Hashable, Codable {
        /// Behind what was made durable before it.
        package let cursor: StoreCursor

        package init(cursor: StoreCursor) {
            self.cursor = cursor
        }

        /// Reads a place: opaque text, or the number that it was at first.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(UInt64.self) {
                cursor = StoreCursor(number: number)
                return
            }
            guard let bytes = Base64URL.decode(try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription: "this is not a position in the log"
                )
            }
            cursor = StoreCursor(bytes: bytes)
        }

        /// Writes the place as opaque text.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(Base64URL.encode(cursor.bytes))
        }
    }

    /// The changes are given one by one.
    public typealias Element = ExecutionStatusChange

    private let engine: Engine
    /// Where an iteration begins.
    public let start: Place

    /// Changes from a place on; nil is from now on.
    package init(engine: Engine, from place: Place?) throws(ServiceError) {
        self.engine = engine
        do throws(StoreError) {
            start =
                if let place { place } else {
                    Place(cursor: try engine.store.end())
                }
        } catch {
            throw .storeUnavailable(error)
        }
    }

    /// An iteration from the place where the sequence begins.
    public func makeAsyncIterator() -> Iterator {
        Iterator(engine: engine, place: start)
    }

    /// Gives the changes in order and waits for more.
    public struct Iterator: AsyncIteratorProtocol {
        private let engine: Engine
        private var place: Place
        private var follower: ExecutionFollower?
        private var buffer: ArraySlice<ExecutionStatusChange> = []

        init(engine: Engine, place: Place) {
            self.engine = engine
            self.place = place
        }

        /// The next change; nil when the engine has ended and all were given.
        ///
        /// - Throws: ``StepwellError`` when the log cannot be read; `CancellationError`.
        public mutating func next() async throws -> ExecutionStatusChange? {
            while true {
                if let change = buffer.popFirst() { return change }
                guard try await fill() else { return nil }
            }
        }

        private mutating func fill() async throws -> Bool {
            do {
                return try await read()
            } catch let error as StoreError {
                throw ServiceError.storeUnavailable(error)
            }
        }

        private mutating func read() async throws -> Bool {
            var follower = try self.follower ?? begin()
            defer { self.follower = follower }
            guard let turns = try await follower.next() else { return false }
            var changes: [ExecutionStatusChange] = []
            for turn in turns {
                changes += engine.statusChanges(in: turn, at: place)
            }
            place = Place(cursor: follower.cursor)
            // Whoever goes on behind the last one misses nothing; before it, some come again.
            changes[changes.indices.suffix(1)].indices.forEach { changes[$0].place = place }
            buffer = changes[...]
            return true
        }

        private func begin() throws(StoreError) -> ExecutionFollower {
            try ExecutionFollower(engine: engine, scope: .standard, from: place.cursor)
        }
    }
}
