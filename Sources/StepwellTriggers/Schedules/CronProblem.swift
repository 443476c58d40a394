/// What is wrong with a field of a cron expression, in a sentence.
struct CronProblem: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
