import Foundation

/// Another process with an open read transaction on a store's file, which can be killed.
final class ReaderProcess {
    private static let script = """
        import ctypes, sys
        lmdb = ctypes.CDLL("liblmdb.so.0")
        env, txn = ctypes.c_void_p(), ctypes.c_void_p()
        lmdb.mdb_env_create(ctypes.byref(env))
        lmdb.mdb_env_set_mapsize(env, ctypes.c_size_t(1 << 30))
        assert lmdb.mdb_env_open(env, sys.argv[1].encode(), 0x20000, 0o644) == 0
        assert lmdb.mdb_txn_begin(env, None, 0x20000, ctypes.byref(txn)) == 0
        print("reading", flush=True)
        sys.stdin.read()
        """

    /// Whether the machine has what the other process is made of.
    static let isPossible: Bool = {
        let check = Process()
        check.executableURL = URL(filePath: "/usr/bin/env")
        check.arguments = ["python3", "-c", "import ctypes; ctypes.CDLL('liblmdb.so.0')"]
        check.standardError = FileHandle.nullDevice
        guard (try? check.run()) != nil else { return false }
        check.waitUntilExit()
        return check.terminationStatus == 0
    }()

    private let process = Process()
    private let input = Pipe()

    /// Returns when the transaction is open.
    init(directory: String) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.script, directory]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        guard output.fileHandleForReading.availableData == Data("reading\n".utf8) else {
            throw CocoaError(.fileReadUnknown)
        }
    }

    var identifier: Int { Int(process.processIdentifier) }

    /// Ends it with SIGKILL, so that it leaves its slot behind.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    deinit {
        if process.isRunning { kill() }
    }
}
