/// The work of a Task state before it is scheduled: what is asked about whether anything does it.
package struct TaskOffer: Sendable {
    /// The `Resource` field.
    package var resource: String
    package var stateName: String
    package var stateMachineARN: String
    /// The test case that the execution was started with.
    package var testCase: String?

    package init(
        resource: String,
        stateName: String,
        stateMachineARN: String,
        testCase: String? = nil
    ) {
        self.resource = resource
        self.stateName = stateName
        self.stateMachineARN = stateMachineARN
        self.testCase = testCase
    }

    /// Whether another offer of the same execution asks for the same.
    func isSameWork(as other: TaskOffer) -> Bool {
        resource.utf8.elementsEqual(other.resource.utf8)
            && stateName.utf8.elementsEqual(other.stateName.utf8)
    }
}
