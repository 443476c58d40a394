/// Where and how a connection gets its token: OAuth 2.0, client credentials.
package struct OAuthClientSettings: Sendable, Hashable {
    /// The URL that gives tokens.
    package var endpoint: String
    /// `GET`, `POST` or `PUT`.
    package var method: String
    package var clientID: Secret
    package var clientSecret: Secret
    /// Headers of the request for a token.
    package var headers: [NamedSecret]
    /// Parameters of its query.
    package var query: [NamedSecret]
    /// Fields of its body, beside `grant_type`, `client_id` and `client_secret`.
    package var body: [NamedSecret]

    package init(endpoint: String, method: String, clientID: Secret, clientSecret: Secret) {
        self.endpoint = endpoint
        self.method = method
        self.clientID = clientID
        self.clientSecret = clientSecret
        headers = []
        query = []
        body = []
    }
}
