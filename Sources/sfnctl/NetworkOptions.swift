import ArgumentParser
import Logging
import StepwellServer

/// Options of `serve` that concern the network in front of it: TLS, and proxies.
struct NetworkOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Speaks HTTPS with the certificate in this file (PEM, with those between it and its "
                + "root); read again when it changes, and at SIGHUP.",
            valueName: "FILE"
        )
    )
    var tlsCert: String?

    @Option(
        help: ArgumentHelp(
            "The private key of --tls-cert (PEM, not encrypted); it may be in the same file.",
            valueName: "FILE"
        )
    )
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "Believes a proxy at this address, or in this block of addresses, whose requests it "
                + "passes on (X-Forwarded-For, -Proto and -Host). Repeatable.",
            valueName: "CIDR"
        )
    )
    var trustedProxy: [String] = []

    func validate() throws {
        if (tlsCert == nil) != (tlsKey == nil) {
            throw ValidationError("give both of --tls-cert and --tls-key, or neither")
        }
        _ = try proxies
    }

    /// The proxies that are believed.
    var proxies: TrustedProxies {
        get throws {
            do {
                return try TrustedProxies(trustedProxy)
            } catch {
                throw ValidationError("--trusted-proxy: \(error)")
            }
        }
    }

    /// What the server speaks TLS with; nil when it speaks plain HTTP.
    func tls(logger: Logger) throws -> TLSIdentity? {
        guard let tlsCert, let tlsKey else { return nil }
        let files = TLSFiles(certificate: tlsCert, key: tlsKey)
        return try TLSIdentity(files: files, logger: logger)
    }
}
