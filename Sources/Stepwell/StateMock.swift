import StepwellEngine
import StepwellHistory
public import StepwellJSON

/// What stands for the work of a state that is tested.
public struct StateMock: Sendable {
    private enum Answer: Sendable {
        case result(JSONValue)
        case failure(TaskError)
    }

    private let answer: Answer

    /// The work comes to a result.
    public static func result(_ value: JSONValue) -> StateMock {
        StateMock(answer: .result(value))
    }

    /// The work fails.
    public static func failure(_ error: TaskError) -> StateMock {
        StateMock(answer: .failure(error))
    }

    var requested: TestStateRequest.Mock {
        switch answer {
        case .result(let value):
            TestStateRequest.Mock(
                result: JSONWriter.string(value),
                errorOutput: nil,
                fieldValidationMode: .none
            )
        case .failure(let error):
            TestStateRequest.Mock(
                result: nil,
                errorOutput: Failure(error: error.error, cause: error.cause),
                fieldValidationMode: .none
            )
        }
    }
}
