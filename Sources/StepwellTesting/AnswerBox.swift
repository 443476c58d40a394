import StepwellEngine
import StepwellHistory
import Synchronization

/// The answers that inputs of a simulation have got, until it looks.
final class AnswerBox: Sendable {
    private let answers = Mutex<[(key: TaskKey, input: Input, answer: InputAnswer)]>([])

    func put(_ key: TaskKey, _ input: Input, _ answer: InputAnswer) {
        answers.withLock { $0.append((key, input, answer)) }
    }

    func take() -> [(key: TaskKey, input: Input, answer: InputAnswer)] {
        answers.withLock { answers in
            defer { answers = [] }
            return answers
        }
    }
}
