/// A growing stack whose top elements are moved, not copied, into an array of the exact size.
///
/// The parser collects the elements of every open container here, so that each container costs
/// one allocation and no reference counting.
struct MoveStack<Element>: ~Copyable {
    private(set) var count = 0
    private var storage: UnsafeMutableBufferPointer<Element>

    init(minimumCapacity: Int) {
        storage = .allocate(capacity: max(minimumCapacity, 1))
    }

    deinit {
        storage.extracting(..<count).deinitialize()
        storage.deallocate()
    }

    @inline(__always)
    mutating func push(_ element: consuming Element) {
        if count == storage.count {
            grow()
        }
        storage.initializeElement(at: count, to: element)
        count &+= 1
    }

    /// Calls `body` with the element at `position`, which must be below `count`.
    @inline(__always)
    mutating func update(at position: Int, _ body: (inout Element) -> Void) {
        body(&storage[position])
    }

    /// The elements from `start` to the top, valid until the next change.
    @inline(__always)
    func top(from start: Int) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(rebasing: UnsafeBufferPointer(storage)[start..<count])
    }

    /// Takes the elements from `start` to the top.
    ///
    /// They are appended one by one, since the initialiser that fills uninitialised memory looks
    /// up the array's type at run time, which costs more.
    @inline(__always)
    mutating func popArray(from start: Int) -> [Element] {
        var array: [Element] = []
        array.reserveCapacity(count - start)
        for position in start..<count {
            array.append(storage.moveElement(from: position))
        }
        count = start
        return array
    }

    /// Takes the elements from `start` to the top.
    @inline(__always)
    mutating func popContiguousArray(from start: Int) -> ContiguousArray<Element> {
        var array: ContiguousArray<Element> = []
        array.reserveCapacity(count - start)
        for position in start..<count {
            array.append(storage.moveElement(from: position))
        }
        count = start
        return array
    }

    /// Drops the elements from `start` to the top.
    mutating func drop(from start: Int) {
        storage.extracting(start..<count).deinitialize()
        count = start
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutableBufferPointer<Element>.allocate(capacity: storage.count * 2)
        _ = larger.moveInitialize(fromContentsOf: storage)
        storage.deallocate()
        storage = larger
    }
}
