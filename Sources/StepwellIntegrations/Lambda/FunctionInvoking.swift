/// Runs Lambda functions: processes of this machine, closures, or functions of an endpoint.
package protocol FunctionInvoking: Sendable {
    /// Whether there is a function of that name, ARN or qualified name or ARN.
    func knows(_ functionName: String) -> Bool

    /// Runs a function to its end, or accepts it when it is an event; cancelling the task gives it
    /// up.
    func invoke(_ invocation: FunctionInvocation) async throws(AWSFault) -> FunctionAnswer
}

/// One invocation of a function, as Lambda's API action Invoke has it.
package struct FunctionInvocation: Sendable {
    /// How the function is run.
    package enum Kind: String, Sendable {
        case requestResponse = "RequestResponse"
        case event = "Event"
        case dryRun = "DryRun"
    }

    /// The name, ARN, or qualified name or ARN of the function.
    package var functionName: String
    package var qualifier: String?
    package var payload: [UInt8]
    package var kind = Kind.requestResponse
    /// Whether the last 4 KiB of the log are asked for.
    package var wantsLogTail = false
    /// The client context as it is passed on: Base64 of JSON.
    package var clientContext: String?
    package var traceHeader: String?
    /// The role that the call is made as.
    package var roleARN: String?

    package init(functionName: String, qualifier: String? = nil, payload: [UInt8]) {
        self.functionName = functionName
        self.qualifier = qualifier
        self.payload = payload
    }
}

/// What Lambda's API action Invoke answers.
package struct FunctionAnswer: Sendable {
    /// 200, of an event 202, of a dry run 204.
    package var status: Int
    package var payload: [UInt8]
    /// `Handled` or `Unhandled` when the function failed; the payload is the error then.
    package var functionError: String?
    package var executedVersion: String?
    /// The last 4 KiB of the log, in Base64.
    package var logResult: String?
    package var requestID: String?
    /// The headers of the answer, as they came or as Lambda would send them.
    package var headers: [(name: String, value: String)]

    package init(
        status: Int,
        payload: [UInt8],
        functionError: String? = nil,
        executedVersion: String? = nil,
        logResult: String? = nil,
        requestID: String? = nil,
        headers: [(name: String, value: String)] = []
    ) {
        self.status = status
        self.payload = payload
        self.functionError = functionError
        self.executedVersion = executedVersion
        self.logResult = logResult
        self.requestID = requestID
        self.headers = headers
    }
}
