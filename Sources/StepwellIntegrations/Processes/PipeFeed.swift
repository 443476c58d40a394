import Foundation
import Glibc

/// Writes into a pipe what a program reads.
enum PipeFeed {
    /// Takes the writing end of a pipe over, writes to it and closes it.
    ///
    /// That is done on a thread of its own: the program may be slow to read, or not read at all.
    static func start(_ bytes: [UInt8], to descriptor: Int32) {
        Thread.detachNewThread {
            // A program that reads no more is no reason for this process to end.
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &signals, nil)
            var place = 0
            while place < bytes.count {
                let count = bytes[place...].withUnsafeBytes {
                    write(descriptor, $0.baseAddress, $0.count)
                }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { break }
                place += count
            }
            close(descriptor)
        }
    }
}
