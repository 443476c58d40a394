public import Logging
package import StepwellEngine

extension WorkflowServer {
    /// Where a server listens, and whom it answers.
    public struct Configuration: Sendable {
        /// The address it listens at; the machine's own by default.
        public var host = "127.0.0.1"

        /// The port; 0 takes any that is free, which ``WorkflowServer/port`` says then.
        public var port = 8083

        /// A file of access keys, in the form of `~/.aws/credentials`; nil by default, which is for
        /// loopback alone.
        ///
        /// Only requests signed (AWS Signature Version 4) with one of them are answered, and the
        /// console has its users sign in with them. The file is read again when it changes.
        public var credentialsFile: String?

        /// Whether a server without keys may listen where other machines reach it.
        public var allowsAnonymous = false

        /// Names, beside those of loopback, that a server without keys answers to.
        public var allowedHosts: [String] = []

        /// Whether calls are held to the rates that AWS publishes for the region.
        public var throttlesAsAWS = false

        /// Whether members of requests that the server does not know are refused, by name.
        ///
        /// By default they are left unread, as AWS's services do it for the sake of newer SDKs;
        /// they are counted (`stepwell_unknown_members`), and the log tells of each name once.
        public var refusesUnknownMembers = false

        /// A file to which it is appended who created, changed, started, stopped or deleted what,
        /// one JSON object a line.
        public var auditFile: String?

        /// A file to which every request is appended, one JSON object a line.
        public var accessLogFile: String?

        /// What the server speaks HTTPS with; nil by default, which is plain HTTP.
        public var tls: TLS?

        /// Addresses of proxies, or blocks of them (`10.0.0.0/8`), that are believed when they say
        /// whose requests they pass on: `X-Forwarded-For`, `X-Forwarded-Proto`, `X-Forwarded-Host`.
        public var trustedProxies: [String] = []

        /// How long requests that run may take to finish when the server ends.
        public var drain: Duration = .seconds(8)

        /// Where the server says what it notices; labelled `stepwell.server` by default.
        public var logger = Logger(label: "stepwell.server")

        /// What is answered beside the API, made when the server is.
        package var surfaces: [@Sendable (EmbeddedSurface) -> any ServedSurface] = []

        /// A certificate and its key, in files in PEM form that are read again when they change.
        public struct TLS: Sendable {
            /// The file of the certificate, and of those between it and its root.
            public var certificateFile: String
            /// The file of the private key, which is not encrypted.
            public var keyFile: String

            /// Names the files, which may be one.
            public init(certificateFile: String, keyFile: String) {
                self.certificateFile = certificateFile
                self.keyFile = keyFile
            }
        }

        /// Nothing but the defaults.
        public init() {}
    }
}

/// What a surface of an embedded server is made of.
package struct EmbeddedSurface: Sendable {
    /// The engine that is served.
    package let engine: Engine
    /// Has operations done for those who are known.
    package let router: Router
    /// The access keys; nil where everybody may do everything.
    package let keys: (any AccessKeySource)?
    /// The port of the server.
    package let port: Int
}
