import Glibc
import Synchronization

/// A file that is appended to, and stays open: nobody who takes up all descriptors keeps it from
/// being written.
///
/// It may be renamed away or removed at any time; then it is made anew.
final class AppendedFile: Sendable {
    private let path: String
    private let descriptor = Mutex<Int32?>(nil)

    /// A file at a path, opened when it is first written.
    init(path: String) {
        self.path = path
    }

    deinit {
        if let open = descriptor.withLock({ $0 }) { close(open) }
    }

    /// Appends bytes, all or none; why not, if so.
    func append(_ bytes: [UInt8]) -> String? {
        descriptor.withLock { descriptor in
            if let reason = Self.renew(&descriptor, path) { return reason }
            guard let open = descriptor else { return nil }
            let reason = FileWriting.append(bytes, to: open)
            if reason != nil {
                // What went wrong may lie in what is open, such as a pipe whose reader has gone.
                close(open)
                descriptor = nil
            }
            return reason
        }
    }

    /// Opens the file where it is not open, or is another one by now; why not, if so.
    private static func renew(_ descriptor: inout Int32?, _ path: String) -> String? {
        guard let open = descriptor else {
            descriptor = FileWriting.openToAppend(path)
            return descriptor == nil ? FileWriting.reason : nil
        }
        var (named, held) = (stat(), stat())
        guard fstat(open, &held) == 0 else { return FileWriting.reason }
        let isThere = stat(path, &named) == 0
        if isThere, named.st_ino == held.st_ino, named.st_dev == held.st_dev { return nil }
        if let new = FileWriting.openToAppend(path) {
            close(open)
            descriptor = new
            return nil
        }
        // For want of descriptors the file goes on under its other name, if it has one.
        let isWanting = errno == EMFILE || errno == ENFILE
        return isWanting && held.st_nlink > 0 ? nil : FileWriting.reason
    }
}
