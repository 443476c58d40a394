import Foundation
import Stepwell

/// Expenses that a person approves: the execution waits for an answer up to a week, whether this
/// program runs or not.
///
///     Approval DATA-DIRECTORY ask EXPENSE CENTS
///     Approval DATA-DIRECTORY answer EXPENSE yes|no
///
/// The first asks and ends; the second, a process of its own, answers and prints what became of it.
@main
struct Approval {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 4, ["ask", "answer"].contains(arguments[1]) else {
            let usage = "usage: Approval DATA-DIRECTORY ask|answer EXPENSE CENTS|yes|no\n"
            FileHandle.standardError.write(Data(usage.utf8))
            exit(64)
        }
        let desk = ExpenseDesk(inbox: Inbox(directory: arguments[0] + "/inbox"))
        let engine = try await WorkflowEngine.open(at: arguments[0], desk.register)
        try await desk.deploy(to: engine)
        engine.resume()
        if arguments[1] == "ask" {
            let expense = Expense(id: arguments[2], cents: Int(arguments[3]) ?? 0)
            try await desk.ask(expense, engine)
            print("\(expense.id) waits for an answer")
        } else {
            let execution = try await desk.answer(arguments[2], arguments[3] == "yes", engine)
            let closed = try await execution.waitUntilClosed()
            print("\(arguments[2])  \(closed.status.rawValue)  \(closed.failure?.error ?? "paid")")
        }
        await engine.shutdown()
    }
}
