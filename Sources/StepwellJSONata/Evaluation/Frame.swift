/// The variables of a block, a call or a tuple of a path, in slots that the compiler gave them.
final class Frame {
    let parent: Frame?
    var slots: ContiguousArray<Value>
    /// What a tuple of a path stands at.
    var context: Value = .undefined
    /// Whether a function was made here, which may outlive the frame's scope.
    var isCaptured = false

    init(parent: Frame?, slots: Int) {
        self.parent = parent
        self.slots = ContiguousArray(repeating: .unbound, count: slots)
    }

    /// A tuple made from another.
    init(copying other: Frame) {
        parent = other.parent
        slots = other.slots
        context = other.context
    }

    /// The frame so many scopes out.
    func ancestor(_ hops: Int) -> Frame? {
        var frame: Frame? = self
        for _ in 0..<hops {
            frame = frame?.parent
        }
        return frame
    }
}
