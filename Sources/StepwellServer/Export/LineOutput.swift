import Glibc
package import StepwellEngine

/// Lines on a stream that is not read back, as standard output: what becomes durable from now on.
package struct LineOutput: LineSink {
    private let descriptor: Int32

    /// Lines on an open file descriptor.
    package init(descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
    }

    package func begin(in store: StoreIdentity) -> StoreCursor? { nil }

    package func write(_ lines: [UInt8], upTo cursor: StoreCursor) throws(LineSinkError) {
        if let reason = FileWriting.write(lines, to: descriptor) {
            throw LineSinkError(description: "the output cannot be written: \(reason)")
        }
    }
}
