package import StepwellJSON

/// One call of an action of an AWS service.
package struct AWSCall: Sendable {
    /// The service as SDK integrations spell it: `dynamodb`, `secretsmanager`.
    package var service: String
    /// The action as the service's model spells it: `PutItem`.
    package var action: String
    /// The parameters in the spelling of SDK integrations: every member of a structure begins with
    /// a capital letter, keys of maps are as they are.
    package var parameters: JSONObject
    /// The role that the call is made as (`Credentials` of a Task); nil for the engine's own
    /// credentials.
    package var roleARN: String?
    /// The region that is called; nil for the one that is configured.
    package var region: String?
    /// What the role's trust policy may ask for as `sts:ExternalId`: the state machine's ARN.
    package var roleExternalID: String?
    /// What members that are idempotency tokens and not given are filled by; nil to leave them.
    package var idempotencyKey: String?
    /// The bytes of the member that is the body, in place of its value among the parameters.
    package var payload: [UInt8]?
    /// Whether a text as the body is written in quotes, as SDK integrations do it.
    package var quotesPayload = false
    /// Whether a model's own spelling of members is refused, as SDK integrations do it.
    package var isStrict = false
    /// The longest that the call may take, all its attempts together.
    package var timeout: Duration

    package init(
        service: String,
        action: String,
        parameters: JSONObject = JSONObject(),
        roleARN: String? = nil,
        region: String? = nil,
        timeout: Duration = .seconds(60)
    ) {
        self.service = service
        self.action = action
        self.parameters = parameters
        self.roleARN = roleARN
        self.region = region
        self.timeout = timeout
    }
}
