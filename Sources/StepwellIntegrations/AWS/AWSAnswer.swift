package import StepwellJSON

/// What an action of an AWS service came to.
package struct AWSAnswer: Sendable {
    /// The result in the spelling of SDK integrations.
    package var output: JSONObject
    /// The bytes of the member that is the body as it is; in `output` it is a text.
    package var payload: [UInt8]?
    /// The status of the last HTTP answer.
    package var status: Int
    /// The headers of the last HTTP answer, as they came.
    package var headers: [(name: String, value: String)]
    /// The id that the service gave to the request.
    package var requestID: String?

    package init(
        output: JSONObject,
        status: Int = 200,
        headers: [(name: String, value: String)] = [],
        requestID: String? = nil
    ) {
        self.output = output
        self.status = status
        self.headers = headers
        self.requestID = requestID
    }
}
