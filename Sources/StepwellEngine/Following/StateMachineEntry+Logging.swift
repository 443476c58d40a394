import StepwellHistory

extension StateMachineEntry {
    /// What is logged of an execution: as its version says, or the revision in force at its start.
    ///
    /// A later update does not touch it, like all that an update changes (UpdateStateMachine:
    /// running executions go on under what they were started with).
    func logging(for start: StartInput, startedAt date: Timestamp) -> LoggingConfiguration? {
        if let arn = start.stateMachineVersionARN,
            case .version(let number)? = try? StateMachineARN(arn).qualifier,
            let version = versions.first(where: { $0.number == number })
        {
            return version.settings.loggingConfiguration
        }
        let settings = revisions.last {
            $0.date <= date && $0.definition == start.definition
                && $0.roleARN.utf8.elementsEqual(start.roleARN.utf8)
        }
        let followed = settings ?? revision(following: start.definition, role: start.roleARN)
        return followed?.loggingConfiguration
    }
}
