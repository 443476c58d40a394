import Synchronization

/// Resumes a continuation with the first of several answers.
final class FirstAnswer: Sendable {
    private let continuation: CheckedContinuation<Bool, Never>
    private let isGiven = Atomic<Bool>(false)

    init(_ continuation: CheckedContinuation<Bool, Never>) {
        self.continuation = continuation
    }

    /// Answers, unless that was done before.
    func give(_ answer: Bool) {
        guard !isGiven.exchange(true, ordering: .acquiringAndReleasing) else { return }
        continuation.resume(returning: answer)
    }
}
