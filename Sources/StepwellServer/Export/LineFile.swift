import Glibc
package import StepwellEngine
import StepwellHistory
import StepwellJSON

/// A file of JSON lines that follow from the log, with a second one, `FILE.cursor`, that says how
/// far they have come.
///
/// Lines are synced before the cursor is moved, so that none is missing, and some come twice when
/// the process ends in between. The file is opened anew for each write: it can be renamed away at
/// any time.
package final class LineFile: LineSink {
    private let path: String
    private var cursorPath: String { path + ".cursor" }
    private let storeID: String

    /// A file of what a store's log says; both files are made, readable by their owner only, when
    /// they are missing.
    ///
    /// - Throws: `LineSinkError` when it cannot be written, or the cursor is of another store.
    package init(path: String, store: StoreIdentity) throws(LineSinkError) {
        self.path = path
        storeID = Hexadecimal.text(store.storeID)
        let descriptor = try opened(path, O_RDWR | O_APPEND | O_CREAT)
        defer { close(descriptor) }
        try removePartialLine(descriptor)
    }

    package func begin(in store: StoreIdentity) throws(LineSinkError) -> StoreCursor? {
        guard access(cursorPath, F_OK) == 0 else { return nil }
        let descriptor = try opened(cursorPath, O_RDONLY)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw failure(cursorPath) }
        guard case .object(let members)? = try? JSONParser.parse(Array(bytes.prefix(count))),
            case .string(let id)? = members["store"],
            let cursor = Self.cursor(in: members)
        else {
            throw LineSinkError(
                description: "\(cursorPath): this is not a cursor; remove it to start over"
            )
        }
        guard id.utf8.elementsEqual(storeID.utf8) else {
            throw LineSinkError(
                description: "\(cursorPath): this is the cursor of another data directory; remove "
                    + "it to start over, or choose another file"
            )
        }
        return cursor
    }

    /// The cursor: opaque text, or the number that it was at first.
    private static func cursor(in members: JSONObject) -> StoreCursor? {
        switch members["position"] {
        case .string(let text): Base64URL.decode(text).map(StoreCursor.init(bytes:))
        case .number(let number):
            if case .integer(let position) = number.storage, position >= 0 {
                StoreCursor(number: UInt64(position))
            } else {
                nil
            }
        default: nil
        }
    }

    package func write(_ lines: [UInt8], upTo cursor: StoreCursor) throws(LineSinkError) {
        if !lines.isEmpty { try append(lines) }
        var members = JSONObject()
        members["store"] = .string(storeID)
        members["position"] = .string(Base64URL.encode(cursor.bytes))
        let text = JSONWriter.write(.object(members)) + [UInt8(ascii: "\n")]
        let next = cursorPath + ".next"
        let descriptor = try opened(next, O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(descriptor) }
        if let reason = FileWriting.write(text, to: descriptor) {
            throw LineSinkError(description: "\(next): \(reason)")
        }
        guard fdatasync(descriptor) == 0 else { throw failure(next) }
        guard rename(next, cursorPath) == 0 else { throw failure(cursorPath) }
    }

    private func append(_ lines: [UInt8]) throws(LineSinkError) {
        if let reason = FileWriting.append(lines, to: path, isSynced: true) {
            throw LineSinkError(description: "\(path): \(reason)")
        }
    }

    /// Cuts what a write that was interrupted left behind the last whole line; it comes again.
    private func removePartialLine(_ descriptor: Int32) throws(LineSinkError) {
        var end = lseek(descriptor, 0, SEEK_END)
        let size = end
        var byte: UInt8 = 0
        while end > 0 {
            guard pread(descriptor, &byte, 1, end - 1) == 1 else { throw failure(path) }
            if byte == UInt8(ascii: "\n") { break }
            end -= 1
        }
        guard size > 0, end < size else { return }
        guard ftruncate(descriptor, end) == 0 else { throw failure(path) }
    }

    private func opened(_ path: String, _ flags: Int32) throws(LineSinkError) -> Int32 {
        let descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        return descriptor
    }

    private func failure(_ path: String) -> LineSinkError {
        LineSinkError(description: "\(path): \(FileWriting.reason)")
    }
}
