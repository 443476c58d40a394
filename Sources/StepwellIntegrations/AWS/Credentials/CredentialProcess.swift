import Foundation
import Synchronization

/// A command that prints credentials (`credential_process`).
enum CredentialProcess {
    /// How long the command may take, in seconds.
    private static let patience = 60.0
    private static let largestOutput = 1 << 20

    /// Runs the command by the shell and reads what it prints.
    ///
    /// - Throws: `AWSFault.credentials`; what the command prints is not in its text.
    static func credentials(_ command: String) async throws(AWSFault) -> AWSCredentials {
        let source = "the command of credential_process"
        let output = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: run(command)) }
        }
        switch output {
        case .success(let bytes):
            return try CredentialsDocument.credentials(bytes, source: source)
        case .failure(let failure):
            throw .credentials("\(source) \(failure.text)")
        }
    }

    private struct Failure: Error {
        let text: String
    }

    private static func run(_ command: String) -> Result<[UInt8], Failure> {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return .failure(Failure(text: "cannot be started"))
        }
        let isLate = Atomic<Bool>(false)
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + patience)
        timer.setEventHandler {
            isLate.store(true, ordering: .relaxed)
            process.terminate()
        }
        timer.resume()
        var bytes: [UInt8] = []
        while bytes.count <= largestOutput {
            let part = pipe.fileHandleForReading.availableData
            if part.isEmpty { break }
            bytes.append(contentsOf: part)
        }
        if bytes.count > largestOutput { process.terminate() }
        process.waitUntilExit()
        timer.cancel()
        if isLate.load(ordering: .relaxed) { return .failure(Failure(text: "took too long")) }
        guard process.terminationStatus == 0, bytes.count <= largestOutput else {
            return .failure(Failure(text: "failed with status \(process.terminationStatus)"))
        }
        return .success(bytes)
    }
}
