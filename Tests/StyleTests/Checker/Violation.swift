/// One breach of a rule: where it is, what it is, and how to fix it.
struct Violation: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let problem: String
    let fix: String

    var description: String { "\(path):\(line): \(problem). Fix: \(fix)." }
}
