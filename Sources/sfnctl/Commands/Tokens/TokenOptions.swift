import ArgumentParser
import StepwellJSON

/// The task that is meant: by its token, or by the execution that waits for it.
struct TokenOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The task's token; - for standard input.", valueName: "TOKEN"))
    var token: String?

    @Option(
        help: ArgumentHelp(
            "The task that this execution waits for, if it is one: an ARN, machine:name, or a "
                + "number.",
            valueName: "EXECUTION"
        )
    )
    var execution: ExecutionReference?

    @Option(help: ArgumentHelp("With --execution: the state that waits.", valueName: "NAME"))
    var state: String?

    func validate() throws {
        guard (token == nil) != (execution == nil) else {
            throw ValidationError("give either TOKEN or --execution")
        }
        guard state == nil || execution != nil else {
            throw ValidationError("--state goes with --execution")
        }
    }

    /// Whether standard input is read for the token.
    var readsInput: Bool { token == "-" }

    /// The token.
    func find(on api: any ServiceAPI) async throws -> String {
        guard let execution else {
            guard readsInput else { return token ?? "" }
            let bytes = try InputText(file: "-").bytes
            return String(decoding: bytes.filter { $0 > 0x20 }, as: UTF8.self)
        }
        let arn = try await NameResolver(api: api).execution(execution)
        let waits = try await ExecutionWait.all(of: arn, on: api).filter { wait in
            wait.token != nil && (state == nil || wait.state == state)
        }
        guard waits.count <= 1 else {
            let shown = waits.prefix(5).map { "'\($0.place)'" }
            let states = shown.joined(separator: ", ") + (waits.count > shown.count ? ", …" : "")
            throw CommandFailure(
                .failed,
                "\(waits.count) tasks of \(execution) wait for a token (\(states)): give --state, "
                    + "or the token as `sfnctl tokens list` shows it"
            )
        }
        guard let found = waits.first?.token else {
            throw CommandFailure(.failed, "no task of \(execution) waits for a token")
        }
        return found
    }
}
