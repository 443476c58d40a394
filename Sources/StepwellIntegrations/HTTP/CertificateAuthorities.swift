import Foundation
import NIOSSL

/// Whose certificates are trusted: those of the system, or of a file that is named, as AWS's own
/// clients take it.
package struct CertificateAuthorities: Sendable {
    /// What they are; nil for those of the system.
    let roots: NIOSSLTrustRoots?
    /// Why they cannot be used, in words; nil when they can.
    let problem: String?

    /// The variable that names a file of certificates in PEM form, in the place of the system's.
    package static let variable = "AWS_CA_BUNDLE"

    /// Those that an environment names.
    package init(environment: [String: String] = ProcessEnvironment.current) {
        guard let path = environment[Self.variable], !path.isEmpty else {
            self.init(nil)
            return
        }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
            FileManager.default.isReadableFile(atPath: path)
        else {
            self.init(problem: "'\(path)' cannot be read")
            return
        }
        // A directory has them under their digests, as OpenSSL's `rehash` names them.
        guard !isDirectory.boolValue else {
            self.init(.file(path))
            return
        }
        guard let found = try? NIOSSLCertificate.fromPEMFile(path), !found.isEmpty else {
            self.init(problem: "'\(path)' has no certificate in PEM form")
            return
        }
        self.init(.certificates(found))
    }

    private init(_ roots: NIOSSLTrustRoots?) {
        self.roots = roots
        problem = nil
    }

    private init(problem: String) {
        roots = nil
        self.problem = "\(Self.variable): \(problem)"
    }

    /// What a failure to agree on TLS comes to, in words.
    static func text(_ error: NIOSSLError) -> String {
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return "its certificate is not of an authority that is trusted: \(variable) names a "
                + "file of others"
        }
        if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
            return "it does not speak TLS: is it http?"
        }
        return "TLS: \(text)"
    }
}
