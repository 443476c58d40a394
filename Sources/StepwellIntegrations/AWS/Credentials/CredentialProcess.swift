/// A command that prints credentials (`credential_process`).
enum CredentialProcess {
    /// How long the command may take.
    private static let patience = Duration.seconds(60)
    private static let largestOutput = 1 << 20

    /// Runs the command by the shell, in an environment, and reads what it prints.
    ///
    /// - Throws: `AWSFault.credentials`; what the command prints is not in its text.
    static func credentials(
        _ command: String,
        environment: [String: String],
        patience: Duration = patience
    ) async throws(AWSFault) -> AWSCredentials {
        let source = "the command of credential_process"
        let launch = ProcessLaunch(
            program: "/bin/sh",
            arguments: ["-c", command],
            environment: environment,
            folder: "."
        )
        let run: GatheredRun
        do {
            run = try await GatheredRun.of(
                launch,
                limit: largestOutput,
                grace: .milliseconds(500),
                timeout: patience
            )
        } catch {
            throw .credentials("\(source) cannot be started")
        }
        if Task.isCancelled { throw .cancelled }
        if run.isLate { throw .credentials("\(source) took too long") }
        if run.isCut { throw .credentials("\(source) printed too much") }
        guard run.end == .exited(0) else {
            throw .credentials("\(source) failed: \(run.end)")
        }
        return try CredentialsDocument.credentials(run.output, source: source)
    }
}
