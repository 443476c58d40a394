import StepwellEngine
import StepwellHistory
import StepwellInterpreter
import StepwellJSON

/// A job that a task waits for: what is needed to look at it and to stop it, and no more, since
/// that may take a year.
struct JobInHand: Sendable {
    let work: IntegratedWork
    let rules: JobRules
    /// The parameters that describe it.
    let reference: JSONObject
    /// The call that stops it; nil when AWS leaves it alone.
    let stop: (action: String, parameters: JSONObject)?
    /// What the submission came to, where the result repeats it.
    let submission: JSONObject?
    /// The task, without its parameters.
    let task: ConnectorTask

    /// The job of a task whose submission was answered.
    ///
    /// Throws `TaskFailure` when the answer does not name a job.
    init(
        _ work: IntegratedWork,
        _ parameters: JSONObject,
        _ submitted: Payload,
        of task: ConnectorTask
    ) throws {
        let given = JSONValue.object(parameters)
        let answer = try submitted.value()
        guard let rules = work.action.job,
            let reference = rules.reference.parameters(given, answer: answer)
        else {
            throw TaskFailure(
                error: "States.TaskFailed",
                cause: "The answer to \(work.action.action) does not name what was begun: "
                    + submitted.string
            )
        }
        self.work = work
        self.rules = rules
        self.reference = reference
        stop = rules.stop.flatMap { stop in
            stop.reference.parameters(given, answer: answer).map { (stop.action, $0) }
        }
        switch rules.output {
        case .job, .answer, .member: submission = nil
        case .submissionAndAnswer: submission = answer.objectValue
        }
        var task = task
        task.dispatch.parameters = Payload(.object(JSONObject()))
        task.submitted = nil
        self.task = task
    }
}
