import ArgumentParser
import StepwellJSON
import StepwellJSONata

/// `sfnctl eval`: the value of expressions, outside any state machine.
struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Evaluate an expression of the States language.",
        discussion: """
            The value goes to standard output as JSON; of a failure, the error and its cause go to \
            standard error and the exit status is 1. Bindings are an object of variables by name, \
            without their dollar sign; the name "$" stands for the context object ($$). With \
            --json, standard output has {"result"}, {"undefined"} or {"error"} on one line instead.

            With --lines, standard input holds one JSON object per line, {"id", "expr", "data", \
            "bindings"}, and one object per line is printed in the same order: {"id", "result"} or \
            {"id", "error": {"code", "message", "position"}}. JSONata also takes "dataUndefined", \
            "timelimit" (milliseconds, counted as steps) and "depth", answers {"id", "undefined"} \
            where there is no value, and adds the "token" to an error.

            EXAMPLES
              sfnctl eval --language jsonpath '$.orders[0].id' --input orders.json
              sfnctl eval --language intrinsic "States.Format('{}!', $.a)" \\
                  --input '{"a": "b"}'
              sfnctl eval --language jsonata '$sum(orders.total)' --input orders.json
              sfnctl eval --language jsonata '{% $states.input.a + 1 %}' --input '{"a": 1}'
              sfnctl eval --language jsonpath '$limit' --bindings '{"limit": 7}'

            EXIT STATUS
              0   success
              1   the evaluation failed
              64  usage
              65  the expression, the input or the bindings cannot be read
            """
    )

    @Option(
        help: ArgumentHelp("The language: jsonpath, jsonata or intrinsic.", valueName: "LANGUAGE")
    )
    var language: EvalLanguage

    @Option(
        help: ArgumentHelp(
            "The functions of JSONata: full, the reference's, or aws.",
            valueName: "PROFILE"
        )
    )
    var profile = EvalProfile.full

    @Argument(help: ArgumentHelp("The expression.", valueName: "EXPRESSION"))
    var expression: String?

    @Option(
        help: ArgumentHelp("A file with the expression, - for standard input.", valueName: "FILE")
    )
    var file: String?

    @Option(
        help: ArgumentHelp(
            "The input ($): a file, - for standard input, or JSON.",
            valueName: "FILE|-|JSON"
        )
    )
    var input: String?

    @Flag(
        help: "As in a state, JSONata: $states has the input and the context; {% %} says so too."
    )
    var states = false

    @Option(help: ArgumentHelp("Variables by name: a JSON object.", valueName: "JSON"))
    var bindings: String?

    @Flag(help: "Print the outcome as one JSON object, failures included.")
    var json = false

    @Flag(help: "Read one JSON object per line from standard input.")
    var lines = false

    func validate() throws {
        if lines {
            guard expression == nil, file == nil, input == nil, bindings == nil else {
                throw ValidationError(
                    "--lines reads expressions, inputs and bindings from standard input"
                )
            }
            guard !states else { throw ValidationError("--states cannot be used with --lines") }
        } else if (expression == nil) == (file == nil) {
            throw ValidationError("give an EXPRESSION, --file or --lines")
        }
        guard !states || language == .jsonata else {
            throw ValidationError("--states goes with --language jsonata")
        }
    }

    func run() async throws {
        try await reporting {
            if language == .jsonata {
                try await JSONataEvaluation.onLargeStack { try evaluate() }
            } else {
                try evaluate()
            }
        }
    }

    private func evaluate() throws {
        if lines {
            evaluateLines()
        } else {
            try evaluateOne()
        }
    }

    private func evaluateOne() throws {
        var request = EvalRequest(
            expression: try readExpression(),
            input: try input.map { try InputText.json($0).value() } ?? .object(JSONObject()),
            bindings: try readBindings(),
            hasInput: input != nil
        )
        if language == .jsonata { request.takeStateForm(isState: states) }
        let outcome = language.evaluate(request, profile)
        if json { return try report(outcome) }
        switch outcome {
        case .value(let value):
            printed(JSONWriter.writePretty(value))
        case .undefined:
            Terminal.note("undefined: the expression has no value")
        case .failed(let error):
            throw failure(error)
        }
    }

    /// The whole outcome on standard output, the exit status as without `--json`.
    private func report(_ outcome: EvalOutcome) throws {
        printed(JSONWriter.write(.object(JSONObject(outcome.members))))
        if case .failed(let error) = outcome { throw failure(error) }
    }

    /// Prints JSON; a JSONata string's half of a surrogate pair as the escape of its unit.
    private func printed(_ json: [UInt8]) {
        let bytes = language == .jsonata ? HalfSurrogates.escaped(in: json) : json
        Terminal.line(String(decoding: bytes, as: UTF8.self))
    }

    private func failure(_ error: EvalFailure) -> CommandFailure {
        if let position = error.position, !error.hasRun {
            let place = "expression:1:\(position + 1)"
            return CommandFailure(.badInput, "\(place): \(error.message)")
        }
        return CommandFailure(.failed, "\(error.code): \(error.message)")
    }

    /// The expression itself; the line end that closes a file is none of it.
    private func readExpression() throws -> String {
        guard let file else { return expression ?? "" }
        var bytes = try InputText(file: file).bytes[...]
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func readBindings() throws -> JSONObject {
        guard let bindings else { return JSONObject() }
        let text = InputText(name: "--bindings", bytes: Array(bindings.utf8))
        guard case .object(let object) = try text.value() else {
            throw CommandFailure(.badInput, "--bindings:1:1: not an object")
        }
        return object
    }

    private func evaluateLines() {
        for line in InputLines() {
            let answer = EvalLine(line, in: language).answer(in: language, profile)
            printed(JSONWriter.write(answer))
        }
    }
}
