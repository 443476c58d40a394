import StepwellInterpreter

extension TaskDispatch {
    /// `.sync`, `.sync:2` and `.waitForTaskToken`: the request is submitted first.
    var isInTwoHalves: Bool {
        [".waitForTaskToken", ".sync", ".sync:2"].contains { resource.hasSuffix($0) }
    }
}
