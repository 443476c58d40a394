import ArgumentParser
import StepwellEngine
import StepwellJSON

/// What became of many executions that something was done to.
struct BulkReport {
    private let change: String
    private let count: Int
    private let json: Bool
    private var results: [JSONObject] = []
    private var failures = 0
    /// Why the rest was not tried with success, when no server can be reached, say.
    private var fatal: (any Error)?

    /// A report of `count` changes, called `change` (`stopped`).
    init(change: String, count: Int, json: Bool) {
        self.change = change
        self.count = count
        self.json = json
    }

    /// What became of one: the answer, or why there is none.
    struct Outcome: Sendable {
        let arn: String
        var answer = JSONObject()
        var error: (any Error)?
    }

    /// Takes in what became of one.
    mutating func add(_ outcome: Outcome) {
        var entry = JSONObject([("executionArn", .string(outcome.arn))])
        switch outcome.error {
        case nil:
            let answer = outcome.answer
            for member in answer { entry[member.key] = member.value }
            if !json, count == 1 || !Terminal.Stream.output.isTerminal {
                Terminal.line("\(change) \(outcome.arn)")
            }
        case let error as ServiceError:
            failures += 1
            entry["error"] = .string(error.code.rawValue)
            entry["cause"] = .string(error.message)
            Terminal.progress("")
            Terminal.error("\(outcome.arn): \(error)")
        case let error?:
            fatal = fatal ?? error
        }
        results.append(entry)
        if count > 1 { Terminal.progress("\(results.count) of \(count)") }
    }

    /// Says what it came to; throws when something was refused.
    func finish(isBulk: Bool) throws {
        Terminal.progress("")
        if let fatal { throw fatal }
        if json {
            let document = JSONObject([("executions", .array(results.map { .object($0) }))])
            Terminal.line(JSONWriter.string(.object(document)))
        } else if isBulk || count > 1 {
            let refused = failures == 0 ? "" : ", \(failures) refused"
            Terminal.note("\(change) \(count - failures)\(refused)")
        }
        if failures > 0 { throw ExitCode(CommandFailure.Status.failed.rawValue) }
    }
}
