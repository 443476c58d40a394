/// How far long work is, on a terminal alone: one line on standard error that is written anew.
struct Progress {
    private let total: UInt64
    private let what: String
    private var shown: UInt64?
    private let isShown = Terminal.Stream.error.isTerminal

    /// Work of so many pieces, in the plural.
    init(of total: UInt64, what: String) {
        self.total = total
        self.what = what
    }

    /// Shows that so many are done, when the percentage has changed.
    mutating func show(_ done: UInt64) {
        guard isShown, total >= 100 else { return }
        let percent = min(100, done * 100 / max(1, total))
        guard percent != shown else { return }
        shown = percent
        Terminal.status("\(done) of \(total) \(what), \(percent) %")
    }

    /// Takes the line away.
    mutating func clear() {
        guard shown != nil else { return }
        shown = nil
        Terminal.status("")
    }
}
