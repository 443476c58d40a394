/// One breach of a rule: where it is, what it is, and how it is mended.
struct Violation: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let problem: String
    let mend: String

    var description: String { "\(path):\(line): \(problem). Mend: \(mend)." }
}
