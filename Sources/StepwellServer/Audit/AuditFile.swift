import Glibc
package import Logging
import Synchronization

/// An audit log in a file, one JSON object a line.
///
/// The file is opened anew for each record, so it can be renamed away at any time. Records are
/// whole: each is one append.
package final class AuditFile: AuditSink {
    private let path: String
    private let logger: Logger
    private let lock = Mutex<Void>(())

    /// An audit log at a path; the file is made, readable by its owner only, when it is missing.
    ///
    /// - Throws: `AuditFileError` when it cannot be appended to.
    package init(path: String, logger: Logger) throws(AuditFileError) {
        self.path = path
        self.logger = logger
        if let reason = append([]) { throw AuditFileError(description: "\(path): \(reason)") }
    }

    package func write(_ line: [UInt8]) {
        let reason = lock.withLock { _ in append(line + [UInt8(ascii: "\n")]) }
        guard let reason else { return }
        // What was done is done: the operator is told, with the record.
        logger.error(
            "the audit log cannot be written: \(reason)",
            metadata: ["file": "\(path)", "record": "\(String(decoding: line, as: UTF8.self))"]
        )
    }

    /// Appends bytes; why not, if so.
    private func append(_ bytes: [UInt8]) -> String? {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        defer { close(descriptor) }
        guard !bytes.isEmpty else { return nil }
        let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else {
            return written < 0 ? String(cString: strerror(errno)) : "only a part was written"
        }
        return nil
    }
}

/// The audit log cannot be written: the file, and why.
package struct AuditFileError: Error, Sendable, CustomStringConvertible {
    package let description: String
}
