import Glibc
import NIOCore
import NIOPosix

/// No server answered.
package struct UnreachableError: Error, CustomStringConvertible {
    package let endpoint: Endpoint
    package let cause: any Error

    /// Where, and why.
    package var description: String {
        "no server can be reached at \(endpoint): \(reason)"
    }

    private var reason: String {
        guard let failure = cause as? NIOConnectionError else { return "\(cause)" }
        if let error = failure.connectionErrors.first?.error as? IOError {
            return String(cString: strerror(error.errnoCode))
        }
        if failure.dnsAError != nil || failure.dnsAAAAError != nil {
            return "the host name \(failure.host) is not known"
        }
        return "\(cause)"
    }
}
