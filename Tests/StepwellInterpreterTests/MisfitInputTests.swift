import StepwellHistory
import StepwellInterpreter
import Testing

/// News that what waits for it cannot have.
@Suite("Inputs that do not fit")
struct MisfitInputTests {
    private static func driver(_ resource: String) throws -> Driver {
        var driver = try Driver(
            """
            {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "\(resource)",
             "End": true}}}
            """
        )
        try driver.start("{}")
        return driver
    }

    private static let output = Payload(text: Array("1".utf8))

    @Test(
        "Only the task of an integration can be submitted",
        arguments: [
            "arn:aws:lambda:us-east-1:123456789012:function:job.sync",
            "arn:aws:states:us-east-1:123456789012:activity:job.sync",
        ]
    )
    func submitted(resource: String) throws {
        var driver = try Self.driver(resource)
        let task = try driver.takeTask()
        let records = driver.records.count
        #expect(
            try driver.feed(.taskSubmitted(task.ordinal, output: Self.output))
                == .refused(.notFitting)
        )
        #expect(driver.records.count == records)
        #expect(try driver.feed(.taskSucceeded(task.ordinal, output: Self.output)) == .accepted)
    }

    @Test("A log that holds such an input goes on, and its execution fails by name")
    func recorded() throws {
        let function = "arn:aws:lambda:us-east-1:123456789012:function:job.sync"
        var driver = try Self.driver(function)
        let task = try driver.takeTask()
        driver.state.apply(
            Record(
                ordinal: driver.state.lastOrdinal.advanced(by: 1),
                branch: .root,
                body: .input(.taskSubmitted(task.ordinal, output: Self.output))
            ),
            at: driver.now
        )
        #expect(try driver.feed(.continueTurn) == .accepted)
        #expect(driver.state.status == .failed)
        #expect(driver.state.failure?.error == "States.Runtime")
    }
}
