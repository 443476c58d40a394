import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellInterpreter
import StepwellJSON
import Synchronization
import Testing

@Suite("Lambda as tasks")
struct LambdaConnectorTests {
    /// Functions that answer what they are told to, and remember what they were asked.
    final class Functions: FunctionInvoking {
        let calls = Mutex<[FunctionInvocation]>([])
        let name: String?
        let answer: Result<FunctionAnswer, AWSFault>

        init(_ name: String?, _ answer: Result<FunctionAnswer, AWSFault>) {
            self.name = name
            self.answer = answer
        }

        var isEmpty: Bool { name == nil }

        func knows(_ functionName: String) -> Bool {
            name != nil && FunctionReference(functionName)?.name == name
        }

        func invoke(_ call: FunctionInvocation) async throws(AWSFault) -> FunctionAnswer {
            calls.withLock { $0.append(call) }
            return try answer.get()
        }
    }

    /// AWS, as far as it is asked for.
    final class Remote: AWSCalling {
        let calls = Mutex<[AWSCall]>([])
        let answer: Result<AWSAnswer, AWSFault>

        init(_ answer: Result<AWSAnswer, AWSFault>) { self.answer = answer }

        func knows(service: String, action: String) -> Bool { true }

        func call(_ call: AWSCall) async throws(AWSFault) -> AWSAnswer {
            calls.withLock { $0.append(call) }
            return try answer.get()
        }
    }

    private static let optimised = "arn:aws:states:::lambda:invoke"
    private static let sdk = "arn:aws:states:::aws-sdk:lambda:invoke"
    private static let arn = "arn:aws:lambda:us-east-1:000000000000:function:f"

    private static func answer(_ payload: String, error: String? = nil) -> FunctionAnswer {
        var answer = FunctionAnswer(
            status: 200,
            payload: Array(payload.utf8),
            functionError: error,
            executedVersion: "$LATEST",
            requestID: "id-1"
        )
        answer.addHeaders(at: Timestamp(milliseconds: 1_767_225_600_123), traceHeader: "Root=1")
        return answer
    }

    private func task(_ resource: String, _ parameters: String) -> ConnectorTask {
        ConnectorTask(
            dispatch: TaskDispatch(
                ordinal: Ordinal(3),
                scheduledEventID: EventID(3),
                stateName: "S",
                retryCount: 0,
                resource: resource,
                parameters: Payload(text: Array(parameters.utf8)),
                tokenSecret: nil,
                timeoutInSeconds: nil,
                heartbeatInSeconds: nil,
                credentialsRoleARN: nil
            ),
            execution: ExecutionNumber(1),
            executionARN: "arn:aws:states:us-east-1:000000000000:execution:m:e",
            stateMachineARN: "arn:aws:states:us-east-1:000000000000:stateMachine:m"
        )
    }

    private func text(_ outcome: TaskOutcome) throws -> String {
        switch outcome {
        case .succeeded(let payload), .submitted(let payload): payload.string
        case .submittedThen(let payload, _): payload.string
        }
    }

    private func failure(
        _ functions: Functions,
        _ resource: String,
        _ parameters: String,
        _ remote: Remote? = nil
    ) async throws -> (error: String?, cause: String?) {
        let connector = LambdaConnector(functions: functions, aws: remote)
        let thrown = await #expect(throws: TaskFailure.self) {
            try await connector.run(task(resource, parameters))
        }
        let failure = try #require(thrown).failure
        return (failure.error, failure.cause)
    }

    @Test("lambda:invoke: the response as it is recorded")
    func optimised() async throws {
        let functions = Functions("f", .success(Self.answer("0.0")))
        let connector = LambdaConnector(functions: functions)
        let output = try text(
            try await connector.run(
                task(Self.optimised, #"{"FunctionName":"f","Payload":{"a":[1.50]}}"#)
            )
        )
        let all =
            #""X-Amz-Executed-Version":["$LATEST"],"x-amzn-Remapped-Content-Length":["0"],"#
            + #""Connection":["keep-alive"],"x-amzn-RequestId":["id-1"],"Content-Length":["3"],"#
            + #""Date":["Thu, 01 Jan 2026 00:00:00 GMT"],"X-Amzn-Trace-Id":["Root=1"],"#
            + #""Content-Type":["application/json"]"#
        let single =
            #""Connection":"keep-alive","Content-Length":"3","Content-Type":"application/json","#
            + #""Date":"Thu, 01 Jan 2026 00:00:00 GMT","X-Amz-Executed-Version":"$LATEST","#
            + #""x-amzn-Remapped-Content-Length":"0","x-amzn-RequestId":"id-1","#
            + #""X-Amzn-Trace-Id":"Root=1""#
        #expect(
            output == #"{"ExecutedVersion":"$LATEST","Payload":0.0,"SdkHttpMetadata":"#
                + #"{"AllHttpHeaders":{\#(all)},"HttpHeaders":{\#(single)},"HttpStatusCode":200},"#
                + #""SdkResponseMetadata":{"RequestId":"id-1"},"StatusCode":200}"#
        )
        let call = try #require(functions.calls.withLock { $0 }.first)
        #expect(String(decoding: call.payload, as: UTF8.self) == #"{"a":[1.50]}"#)
    }

    @Test("every parameter arrives, and others are refused by name")
    func parameters() async throws {
        let functions = Functions("f", .success(Self.answer("{}")))
        let connector = LambdaConnector(functions: functions)
        _ = try await connector.run(
            task(
                Self.optimised,
                #"""
                {"FunctionName":"f","Payload":"text","InvocationType":"Event","LogType":"Tail",
                 "ClientContext":"e30=","Qualifier":"live"}
                """#
            )
        )
        _ = try await connector.run(
            task(Self.optimised, #"{"FunctionName":"f","Payload":null}"#)
        )
        let calls = functions.calls.withLock { $0 }
        #expect(String(decoding: calls[0].payload, as: UTF8.self) == #""text""#)
        #expect(calls[0].kind == .event)
        #expect(calls[0].wantsLogTail)
        #expect(calls[0].clientContext == "e30=")
        #expect(calls[0].qualifier == "live")
        #expect(calls[1].payload.isEmpty)
        for wrong in [
            #"{"FunctionName":"f","Paylod":1}"#, #"{"Payload":1}"#, "[]",
            #"{"FunctionName":"f","LogType":"All"}"#, #"{"FunctionName":7}"#,
        ] {
            let told = try await failure(functions, Self.optimised, wrong)
            #expect(told.error == "Lambda.InvalidParameterValueException")
        }
        #expect(functions.calls.withLock { $0.count } == 2)
    }

    @Test("a function that fails: its own error name, and the whole error")
    func functionErrors() async throws {
        let payload = #"{"errorMessage": "m", "errorType": "Bad", "requestId": "r"}"#
        let typed = Functions("f", .success(Self.answer(payload, error: "Unhandled")))
        let parameters = #"{"FunctionName":"f"}"#
        #expect(try await failure(typed, Self.optimised, parameters) == ("Bad", payload))
        #expect(try await failure(typed, Self.arn, "{}") == ("Bad", payload))
        let untyped = Functions("f", .success(Self.answer(#"{"a":1}"#, error: "Unhandled")))
        let told = try await failure(untyped, Self.arn, "{}")
        #expect(told.error == "Lambda.Unknown")
        #expect(told.cause?.hasSuffix(#"Returned payload: {"a":1}"#) == true)
        let outcome = try await LambdaConnector(functions: typed).run(task(Self.sdk, parameters))
        let response = try text(outcome)
        #expect(response.contains(#""FunctionError":"Unhandled""#))
        #expect(response.contains(#""Payload":"{\"errorMessage\": \"m\""#))
    }

    @Test("errors of Lambda itself, in the names of both integrations")
    func serviceErrors() async throws {
        let fault = ServiceFault(
            code: "ResourceNotFoundException",
            message: "Function not found: \(Self.arn):$LATEST",
            status: 404,
            requestID: "r"
        )
        let functions = Functions("f", .failure(.service(fault)))
        let parameters = #"{"FunctionName":"f"}"#
        let told = try await failure(functions, Self.optimised, parameters)
        #expect(told.error == "Lambda.ResourceNotFoundException")
        #expect(
            told.cause
                == "Function not found: \(Self.arn):$LATEST (Service: AWSLambda; Status Code: 404; "
                + "Error Code: ResourceNotFoundException; Request ID: r; Proxy: null)"
        )
        let bySDK = try await failure(functions, Self.sdk, parameters)
        #expect(bySDK.error == "Lambda.ResourceNotFoundException")
        let denied = ServiceFault(code: "AccessDeniedException", message: "no", status: 403)
        let others = Functions("f", .failure(.service(denied)))
        #expect(
            try await failure(others, Self.optimised, parameters).error
                == "Lambda.AWSLambdaException"
        )
        let unreachable = Functions("f", .failure(.unreachable(endpoint: "e", .timeout)))
        #expect(
            try await failure(unreachable, Self.arn, "{}").error == "Lambda.SdkClientException"
        )
    }

    @Test("a function that nobody has is nothing to try again")
    func nobody() async throws {
        for fault in [AWSFault.unserved("no keys"), .unknownAction("no AWS")] {
            for resource in [Self.optimised, Self.sdk, Self.arn] {
                let functions = Functions("f", .failure(fault))
                let told = try await failure(functions, resource, #"{"FunctionName":"f"}"#)
                #expect(told.error == "Stepwell.NoHandler")
                #expect(told.cause?.contains("--function NAME=DIR:HANDLER") == true)
            }
        }
    }

    @Test("what is served: by resource, and by function where that is the resource")
    func served() {
        let none = LambdaConnector(functions: Functions(nil, .failure(.cancelled)))
        let some = LambdaConnector(functions: Functions("f", .failure(.cancelled)))
        let aws = LambdaConnector(
            functions: Functions(nil, .failure(.cancelled)),
            aws: Remote(.failure(.cancelled))
        )
        for resource in [Self.optimised, Self.sdk] {
            for suffix in ["", ".waitForTaskToken"] {
                #expect(!none.serves(resource + suffix))
                #expect(some.serves(resource + suffix))
                #expect(aws.serves(resource + suffix))
            }
            #expect(!some.serves(resource + ".sync"))
        }
        #expect(some.serves(Self.arn))
        #expect(some.serves(Self.arn + ":7"))
        #expect(!some.serves(Self.arn + "x"))
        #expect(aws.serves(Self.arn + "x"))
        #expect(!some.serves("arn:aws:states:::sqs:sendMessage"))
        #expect(!some.serves("f"))
    }

    @Test("the callback pattern submits")
    func callback() async throws {
        let connector = LambdaConnector(functions: Functions("f", .success(Self.answer("1"))))
        let outcome = try await connector.run(
            task(Self.optimised + ".waitForTaskToken", #"{"FunctionName":"f"}"#)
        )
        guard case .submitted = outcome else { return #expect(Bool(false), "\(outcome)") }
    }

    @Test("a function that is not here is called where AWS is")
    func remote() async throws {
        let output = JSONObject([
            ("StatusCode", .number(JSONNumber(Int64(200)))), ("Payload", .string(#"{"b":2}"#)),
            ("ExecutedVersion", .string("3")),
        ])
        let remote = Remote(.success(AWSAnswer(output: output, requestID: "r")))
        let local = Functions("f", .failure(.cancelled))
        let connector = LambdaConnector(functions: local, aws: remote)
        let name = "arn:aws:lambda:eu-west-1:123456789012:function:g:live"
        let result = try text(try await connector.run(task(name, #"{"a":1}"#)))
        #expect(result == #"{"b":2}"#)
        let call = try #require(remote.calls.withLock { $0 }.first)
        #expect(call.service == "lambda")
        #expect(call.action == "Invoke")
        #expect(call.region == "eu-west-1")
        #expect(call.parameters["FunctionName"] == .string(name))
        #expect(call.parameters["Payload"] == .string(#"{"a":1}"#))
        #expect(local.calls.withLock { $0.isEmpty })
    }

    @Test("without keys for AWS, a function that is not here is one that is not there")
    func noCredentials() async throws {
        let fault = ServiceFault(code: "ResourceNotFoundException", message: "m", status: 404)
        let told = try await failure(
            Functions("f", .failure(.service(fault))),
            Self.optimised,
            #"{"FunctionName":"g"}"#,
            Remote(.failure(.unserved("none")))
        )
        #expect(told.error == "Lambda.ResourceNotFoundException")
    }
}
