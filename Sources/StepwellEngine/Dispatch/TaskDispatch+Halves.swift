import StepwellInterpreter

extension TaskDispatch {
    /// `.sync`, `.sync:2` and `.waitForTaskToken`: the request is submitted first.
    ///
    /// Of an integration alone; the ARN of a function or an activity may end in the same letters.
    var isInTwoHalves: Bool {
        guard case .integration = TaskResourceName(resource).kind else { return false }
        return [".waitForTaskToken", ".sync", ".sync:2"].contains { resource.hasSuffix($0) }
    }
}
