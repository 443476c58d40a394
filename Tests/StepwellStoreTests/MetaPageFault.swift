import Glibc
import StepwellLMDB

/// Has LMDB's next write of a meta page fail, below LMDB: the descriptor that it writes them
/// through, which waits for the disk, is replaced by one that cannot be written to.
enum MetaPageFault {
    /// Prepares the fault for the file in a directory that this process has open; says whether the
    /// descriptor was found.
    static func inject(into directory: String) -> Bool {
        let file = Environment.dataFile(in: directory)
        var wanted = stat()
        guard stat(file, &wanted) == 0 else { return false }
        for descriptor in Int32(3)..<1024 {
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_ino == wanted.st_ino,
                status.st_dev == wanted.st_dev, fcntl(descriptor, F_GETFL) & O_DSYNC != 0
            else { continue }
            let readOnly = open(file, O_RDONLY | O_CLOEXEC)
            defer { close(readOnly) }
            return readOnly >= 0 && dup2(readOnly, descriptor) == descriptor
        }
        return false
    }
}
