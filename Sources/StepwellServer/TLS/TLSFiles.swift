import Foundation
import Glibc
import NIOCore
import NIOSSL
import StepwellHistory

/// The files of a server's certificate and key, in PEM form; both may be one.
package struct TLSFiles: Sendable {
    /// What was read of them.
    struct Loaded {
        let context: NIOSSLContext
        /// When the certificate ends.
        let end: Timestamp
    }

    /// The server's certificate, and those of the authorities between it and a root.
    package let certificate: String
    /// The private key, not encrypted.
    package let key: String

    /// Names the files.
    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// What changes when one of them does.
    var stamps: [FileStamp?] { [certificate, key].map { FileStamp(path: $0) } }

    /// Whether everybody on the machine may read the key.
    var isKeyOpen: Bool {
        var found = stat()
        return stat(key, &found) == 0 && found.st_mode & 0o004 != 0
    }

    /// Reads them, and makes of them what connections begin with: TLS 1.2 or newer, and HTTP/1.1
    /// where the client asks what is spoken inside.
    func load() throws(TLSIdentityError) -> Loaded {
        let text = try Self.read(certificate)
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(text), let own = chain.first else {
            throw TLSIdentityError(certificate, "there is no certificate in PEM form in it")
        }
        let bytes = try Self.read(key)
        guard let secret = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else {
            throw TLSIdentityError(
                key,
                "there is no private key in PEM form in it, or it is encrypted"
            )
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(secret)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.shutdownTimeout = .milliseconds(500)
        do {
            return Loaded(
                context: try NIOSSLContext(configuration: configuration),
                end: Timestamp(milliseconds: Int64(own.notValidAfter) * 1000)
            )
        } catch {
            throw TLSIdentityError(key, "it is not the key of the certificate in \(certificate)")
        }
    }

    private static func read(_ path: String) throws(TLSIdentityError) -> [UInt8] {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw TLSIdentityError(path, "the file cannot be read")
        }
        return Array(data)
    }
}
