import Glibc

extension Terminal {
    /// The colour of an execution's status, or of a state's.
    static func colour(ofStatus status: String) -> Colour? {
        switch status {
        case "SUCCEEDED", "ACTIVE", "OK": .green
        case "FAILED", "TIMED_OUT", "FAIL", "DELETING": .red
        case "ABORTED", "PENDING_REDRIVE", "CAUGHT_ERROR", "RETRIABLE": .yellow
        default: nil
        }
    }

    /// Asks a question on the terminal; nil where there is nobody to answer.
    static func confirms(_ question: String) -> Bool? {
        guard isatty(STDIN_FILENO) == 1, Stream.error.isTerminal else { return nil }
        prompt("\(question) [y/N] ")
        let answer = readLine(strippingNewline: true)?.lowercased()
        return answer == "y" || answer == "yes"
    }

    /// Shows how far something is, in the place of what was shown before; on a terminal only.
    static func progress(_ text: String) {
        if Stream.error.isTerminal { status(text) }
    }

    private static func prompt(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, bytes.count) }
    }
}
