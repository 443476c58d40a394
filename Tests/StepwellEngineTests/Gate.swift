import Foundation

/// Lets threads through while it is open and holds them while it is closed.
// Safe: `isOpen` is read and written only while `condition` is locked.
final class Gate: @unchecked Sendable {
    private let condition = NSCondition()
    private var isOpen = true

    /// Returns when the gate is open.
    func pass() {
        condition.lock()
        defer { condition.unlock() }
        while !isOpen { condition.wait() }
    }

    func close() { set(open: false) }

    func open() { set(open: true) }

    private func set(open: Bool) {
        condition.lock()
        defer { condition.unlock() }
        isOpen = open
        condition.broadcast()
    }
}
