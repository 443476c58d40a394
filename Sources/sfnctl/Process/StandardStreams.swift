import Glibc

/// The streams that a process is started with.
enum StandardStreams {
    /// Has those that were left closed lead nowhere.
    ///
    /// Otherwise the next file or pipe would have their numbers, and what is said on standard
    /// output would be written there, into the store say. To be called before anything is opened.
    static func complete() {
        for stream in Int32(0)...2 where fcntl(stream, F_GETFD) < 0 {
            // The lowest number that is free, which is this one.
            _ = open("/dev/null", O_RDWR)
        }
    }
}
