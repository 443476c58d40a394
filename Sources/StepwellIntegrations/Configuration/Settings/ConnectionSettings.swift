/// A connection of HTTP Tasks: who calls, and what is added to each request.
package struct ConnectionSettings: Sendable, Hashable {
    /// How a request says who calls.
    package enum Authorization: Sendable, Hashable {
        case basic(username: Secret, password: Secret)
        case apiKey(header: String, value: Secret)
        case oauthClientCredentials(OAuthClientSettings)
    }

    /// The name in the connection's ARN: `arn:aws:events:REGION:ACCOUNT:connection/NAME/ID`.
    package var name: String
    /// The whole ARN; nil when any ARN with the name means this connection.
    package var arn: String?
    package var authorization: Authorization
    /// Headers that are added to each request.
    package var headers: [NamedSecret]
    /// Parameters that are added to each request's query.
    package var query: [NamedSecret]
    /// Members that are added to each request's body.
    package var body: [NamedSecret]

    package init(name: String, authorization: Authorization) {
        self.name = name
        self.authorization = authorization
        arn = nil
        headers = []
        query = []
        body = []
    }
}
