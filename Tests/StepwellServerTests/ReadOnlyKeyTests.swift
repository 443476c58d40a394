import StepwellJSON
import Testing

@testable import StepwellServer

@Suite("Keys that may only read")
struct ReadOnlyKeyTests {
    private func request(_ target: String, path: String = "/") -> ServiceRequest {
        ServiceRequest(uri: path, target: target)
    }

    @Test(
        "What reads is told by the operation's name",
        arguments: [
            ("AWSStepFunctions.DescribeExecution", true), ("AWSStepFunctions.ListExecutions", true),
            ("AWSStepFunctions.GetExecutionHistory", true),
            ("AWSStepFunctions.ValidateStateMachineDefinition", true),
            ("AWSStepFunctions.GetActivityTask", false),
            ("AWSStepFunctions.StartExecution", false), ("AWSStepFunctions.TestState", false),
            ("AWSStepFunctions.SendTaskHeartbeat", false), ("Stepwell.ListWaitingTasks", true),
            ("AWSEvents.ListRules", true), ("AWSEvents.TestEventPattern", true),
            ("AWSEvents.PutRule", false), ("AWSScheduler.GetSchedule", true),
            ("AWSScheduler.CreateSchedule", false), ("StepwellTriggers.ListRoutes", true),
            ("StepwellTriggers.PutRoute", false), ("Other.ListRules", false),
        ]
    )
    func names(target: String, reads: Bool) {
        #expect(request(target).isReading == reads)
        #expect(!request(target, path: "/elsewhere").isReading)
    }

    @Test("Of requests without a target, those to the scheduler that get something")
    func methods() {
        #expect(ServiceRequest(method: "GET", uri: "/schedules/a").isReading)
        #expect(!ServiceRequest(method: "DELETE", uri: "/schedules/a").isReading)
        #expect(!ServiceRequest(method: "GET", uri: "/orders").isReading)
    }

    @Test("The router has nothing else done for them")
    func denied() async throws {
        try await RouterHarness.run { router in
            var request = request("AWSStepFunctions.CreateActivity")
            request.body = Array(#"{"name":"a"}"#.utf8)
            request.caller = "AKID"
            request.isReadOnly = true
            let refused = await router.forward(request)
            let text = String(decoding: refused.body, as: UTF8.self)
            #expect(refused.status == 400)
            #expect(text.contains(#""__type":"AccessDeniedException""#))
            #expect(text.contains("AKID is not authorized to perform: states:CreateActivity"))
            request.target = "AWSStepFunctions.ListActivities"
            request.body = Array("{}".utf8)
            let listed = await router.forward(request)
            #expect(String(decoding: listed.body, as: UTF8.self) == #"{"activities":[]}"#)
        }
    }
}
