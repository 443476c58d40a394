import Glibc
package import Logging
package import StepwellEngine
import StepwellHistory
import StepwellJSON

/// An audit log or an access log in a file, one JSON object a line.
///
/// The file stays open, and can be renamed away at any time. A thread of its own writes it: a file
/// that takes nothing, for want of space or of a reader, holds nobody up. Records wait for it, four
/// mebibytes of them; what does not fit is counted, and the count is a record of its own,
/// `AuditRecordsLost` or a member `lostRecords` alone, in their place.
package final class AuditFile: AuditSink {
    /// What the records say.
    package enum Purpose: String, Sendable {
        case audit = "the audit log"
        case access = "the access log"
    }

    private let queue: LineQueue

    /// A log at a path, `-` for standard output; the file is made, readable by its owner only, when
    /// it is missing.
    ///
    /// - Throws: `AuditFileError` when it cannot be appended to.
    package init(
        path: String,
        purpose: Purpose = .audit,
        clock: any EngineClock,
        logger: Logger
    ) throws(AuditFileError) {
        let file = path == "-" ? nil : AppendedFile(path: path)
        let destination = Destination(file: file, purpose: purpose, clock: clock)
        let opening = SlowCall { destination.write([]) }
        switch opening.value(withinMilliseconds: 2000) {
        case .some(.none): break
        case .some(let reason?) where !Self.isPipe(path):
            throw AuditFileError(description: "\(path): \(reason)")
        case .some(.some), .none:
            logger.warning(
                "\(purpose.rawValue) has no reader yet",
                metadata: ["file": "\(path)"]
            )
        }
        let thread = purpose == .audit ? "stepwell-audit" : "stepwell-access"
        queue = LineQueue(thread, to: destination, capacity: 4 << 20, logger: logger)
    }

    package func write(_ line: [UInt8]) {
        queue.add(line + [UInt8(ascii: "\n")])
    }

    /// Writes what waits, for as long as that may take.
    package func finish(withinMilliseconds limit: Int) {
        queue.finish(withinMilliseconds: limit)
    }

    private static func isPipe(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }

    private struct Destination: LineDestination {
        let file: AppendedFile?
        let purpose: Purpose
        let clock: any EngineClock
        var name: String { purpose.rawValue }

        func write(_ lines: [UInt8]) -> String? {
            file.map { $0.append(lines) } ?? FileWriting.write(lines, to: STDOUT_FILENO)
        }

        func line(forLost count: Int) -> [UInt8] {
            var record = JSONObject()
            switch purpose {
            case .audit:
                record["eventTime"] = .string(clock.now().rfc3339)
                record["eventSource"] = .string("states.amazonaws.com")
                record["eventName"] = .string("AuditRecordsLost")
            case .access:
                record["time"] = .string(clock.now().rfc3339)
            }
            record["lostRecords"] = .number(JSONNumber(Int64(count)))
            return JSONWriter.write(.object(record)) + [UInt8(ascii: "\n")]
        }
    }
}

/// A log of records cannot be written: the file, and why.
package struct AuditFileError: Error, Sendable, CustomStringConvertible {
    package let description: String
}
