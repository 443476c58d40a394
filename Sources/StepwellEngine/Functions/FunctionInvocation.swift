/// One invocation of a function, as Lambda's API action Invoke has it.
package struct FunctionInvocation: Sendable {
    /// How the function is run.
    package enum Kind: String, Sendable, CaseIterable {
        case requestResponse = "RequestResponse"
        case event = "Event"
        case dryRun = "DryRun"
    }

    /// The name, ARN, or qualified name or ARN of the function.
    package var functionName: String
    package var qualifier: String?
    /// The event, JSON; empty for `{}`.
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
