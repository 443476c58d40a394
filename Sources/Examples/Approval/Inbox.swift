import Foundation

/// The questions that wait for a person, a file with a task token each; in a real service, mails
/// with a link, or rows of a table.
struct Inbox: Sendable {
    let directory: String

    /// Keeps a question; the same one again changes nothing, so that asking twice is asking once.
    func put(_ token: String, for expense: String) throws {
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
        try token.write(toFile: path(expense), atomically: true, encoding: .utf8)
    }

    /// The token of a question.
    func token(for expense: String) throws -> String {
        try String(contentsOfFile: path(expense), encoding: .utf8)
    }

    private func path(_ expense: String) -> String { "\(directory)/\(expense).token" }
}
