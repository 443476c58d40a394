import Foundation

/// A moment up to which something is waited for, and no longer.
struct Deadline: Sendable {
    private let moment: ContinuousClock.Instant

    /// Some milliseconds from now.
    init(milliseconds: Int64) {
        moment = .now + .milliseconds(milliseconds)
    }

    /// Waits for a group to be left; false when the moment came before.
    func end(of group: DispatchGroup) async -> Bool {
        await waiting { done in group.notify(queue: .global()) { done(true) } }
    }

    /// Waits for work to end; false when the moment came before.
    ///
    /// The work goes on then, and nobody waits for it.
    func end(of work: @escaping @Sendable () async -> Void) async -> Bool {
        await waiting { done in
            Task {
                await work()
                done(true)
            }
        }
    }

    private func waiting(
        for start: (@escaping @Sendable (Bool) -> Void) -> Void
    ) async -> Bool {
        let left = (moment - .now).components
        let nanoseconds = left.seconds * 1_000_000_000 + left.attoseconds / 1_000_000_000
        return await withCheckedContinuation { continuation in
            let answer = FirstAnswer(continuation)
            start { answer.give($0) }
            DispatchQueue.global().asyncAfter(
                deadline: .now() + .nanoseconds(Int(max(0, nanoseconds)))
            ) { answer.give(false) }
        }
    }
}
