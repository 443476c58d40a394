import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// Draws a picture of an execution for people: what it is, and every active branch and iteration as
/// a tree, with what it waits for.
struct PictureTree {
    private let picture: JSONObject
    private let now: Timestamp
    /// The columns of the terminal; nil where nothing is cut.
    private let width: Int?
    private var lines: [String] = []

    /// A drawing of a picture in its JSON form; ages are told as of `now`, or of the end of an
    /// execution that is closed.
    init(_ picture: JSONObject, now: Timestamp, width: Int?) {
        self.picture = picture
        let stop = picture.text("stopDate").flatMap { StatesTimestamp(parsing: $0) }
        self.now = stop.map { Timestamp(milliseconds: $0.milliseconds) } ?? now
        self.width = width
    }

    /// The drawing's lines.
    func drawing() -> [String] {
        var drawing = self
        drawing.drawHead()
        let branches = picture.objects("branches")
        if branches.isEmpty, picture.text("status") != "RUNNING" {
            drawing.add("nothing is active")
        }
        for branch in branches { drawing.draw(branch, prefix: "", stem: "") }
        return drawing.lines
    }

    private mutating func drawHead() {
        let status = picture.text("status") ?? "?"
        add(
            Terminal.coloured(status, Self.colour(status), on: .output) + "  "
                + Terminal.plain(picture.text("executionArn") ?? "")
        )
        var times = "started \(picture.text("startDate") ?? "?")"
        if let stop = picture.text("stopDate") { times += "  stopped \(stop)" }
        if let timeout = picture.text("timeout") { times += "  times out \(timeout)" }
        if let count = picture.integer("redriveCount"), count > 0 { times += "  redrive \(count)" }
        add("  " + times)
        if let at = picture["at"]?.objectValue {
            let event = "event \(at.integer("eventId") ?? 0) of \(at.integer("lastEventId") ?? 0)"
            let record = "record \(at.integer("record") ?? 0) of \(at.integer("lastRecord") ?? 0)"
            add("  at \(event), \(record)  \(at.text("time") ?? "")")
        }
        addValue("input", picture["input"], prefix: "  ")
        addValue("output", picture["output"], prefix: "  ")
        for key in ["error", "cause"] {
            if let text = picture.text(key) { addText(key, text, prefix: "  ") }
        }
    }

    // MARK: Branches

    private mutating func draw(_ branch: JSONObject, prefix: String, stem: String) {
        let below = prefix + (stem.isEmpty ? "" : stem == "└─ " ? "   " : "│  ")
        add(prefix + stem + headline(of: branch))
        if let waiting = branch["waitingFor"]?.objectValue {
            for line in waits(waiting) { add(below + "  " + line) }
        }
        if let children = branch["children"]?.objectValue {
            add(below + "  " + Self.counts(of: children))
        }
        addValue("input", branch["input"], prefix: below + "  ")
        for (name, value) in branch["variables"]?.objectValue ?? JSONObject() {
            addValue("$" + name, value, prefix: below + "  ")
        }
        for retry in branch.objects("retries") {
            let names = retry.array("errorEquals").compactMap(\.stringValue)
            let errors = names.joined(separator: ", ")
            let attempt = "\(retry.integer("attempt") ?? 0) of \(retry.integer("maxAttempts") ?? 0)"
            add(below + "  " + Terminal.plain("retried \(attempt) for \(errors)"))
        }
        for key in ["error", "cause"] {
            if let text = branch.text(key) { addText(key, text, prefix: below + "  ") }
        }
        guard let children = branch["children"]?.objectValue else { return }
        let shown = children.objects("branches")
        let under = children.integer("running") ?? 0
        let rest = children.integer("next") == nil ? 0 : max(0, under - Int64(shown.count))
        for (place, child) in shown.enumerated() {
            let isLast = place == shown.count - 1 && rest <= 0
            draw(child, prefix: below, stem: isLast ? "└─ " : "├─ ")
        }
        if rest > 0 { add(below + "└─ … \(rest) more under way") }
    }

    /// What a state's branches, iterations or child executions have come to.
    private static func counts(of children: JSONObject) -> String {
        let words = [
            ("running", "under way"), ("succeeded", "succeeded"), ("failed", "unsuccessful"),
            ("pending", "not begun"),
        ].compactMap { key, word -> String? in
            guard let count = children.integer(key), count > 0 else { return nil }
            return "\(count) \(word)"
        }
        let limit = children.integer("maxConcurrency").map { ", \($0) at once" } ?? ""
        return "of \(children.integer("count") ?? 0): " + words.joined(separator: ", ") + limit
    }

    private func headline(of branch: JSONObject) -> String {
        var words: [String] = []
        if let index = branch.integer("index") { words.append("[\(index)]") }
        if let arn = branch.text("executionArn") { words.append(arn) }
        if let state = branch.text("state") { words.append(state) }
        if let type = branch.text("type") { words.append("(\(type))") }
        var text = Terminal.plain(words.joined(separator: " "))
        if let status = branch.text("status"), status != "running" {
            let isBad = status == "failed" || status == "timedOut"
            text += "  " + Terminal.coloured(status, isBad ? .red : .yellow, on: .output)
        }
        if let event = branch.integer("enteredEventId"), let since = branch.text("since") {
            text += Terminal.coloured(
                "  entered by event \(event) \(since)\(age(of: since))",
                .faint,
                on: .output
            )
        } else if branch.text("phase") == "entering" {
            text += Terminal.coloured("  about to be entered", .faint, on: .output)
        }
        return text
    }

    /// What a branch waits for, and until when.
    private func waits(_ waiting: JSONObject) -> [String] {
        guard let kind = waiting.text("kind"), kind != "nothing" else { return [] }
        let since = waiting.text("since") ?? ""
        var lines = [
            Terminal.coloured(Self.words(for: kind, waiting), .blue, on: .output)
                + "  since \(since)\(age(of: since))"
        ]
        if let until = waiting.text("until") { lines[0] += "  until \(until)\(rest(to: until))" }
        for (key, word) in [("timeout", "times out"), ("heartbeat", "heartbeat due")] {
            if let time = waiting.text(key) { lines[0] += "  \(word) \(time)\(rest(to: time))" }
        }
        if let count = waiting.integer("deliveries"), count > 1 {
            lines[0] += "  delivered \(count) times"
        }
        if let token = waiting.text("token") { lines.append("token  \(token)") }
        if let child = waiting.text("childArn") { lines.append("child  " + Terminal.plain(child)) }
        for key in ["error", "cause"] {
            if let text = waiting.text(key) { lines.append("\(key)  " + cut(Terminal.plain(text))) }
        }
        return lines
    }

    private static func words(for kind: String, _ waiting: JSONObject) -> String {
        let resource = Terminal.plain(waiting.text("resource") ?? "")
        let isStarted = waiting["started"]?.boolValue ?? false
        switch kind {
        case "task": return "waits for the task \(resource)"
        case "token": return "waits for the task token of \(resource)"
        case "activity" where isStarted:
            let worker = waiting.text("worker").map { " " + Terminal.plain($0) } ?? ""
            return "waits for worker\(worker) of \(resource)"
        case "activity": return "waits for a worker of \(resource)"
        case "timer": return "waits for its time"
        case "retry": return "waits to be tried again"
        case "children": return "waits for what it runs"
        default: return "waits for \(kind)"
        }
    }

    // MARK: Lines

    private mutating func addValue(_ name: String, _ value: JSONValue?, prefix: String) {
        guard let value else { return }
        addText(name, JSONWriter.string(value), prefix: prefix)
    }

    private mutating func addText(_ name: String, _ text: String, prefix: String) {
        let label = Terminal.coloured(Terminal.plain(name), .faint, on: .output)
        let room = width.map { max(20, $0 - prefix.count - name.count - 2) }
        add(prefix + label + "  " + cut(Terminal.plain(text), room))
    }

    private func cut(_ text: String, _ room: Int? = nil) -> String {
        guard let room = room ?? width.map({ max(20, $0 - 20) }), text.count > room else {
            return text
        }
        return text.prefix(room - 1) + "…"
    }

    private mutating func add(_ line: String) { lines.append(line) }

    /// How long ago a time is.
    private func age(of text: String) -> String {
        guard let time = StatesTimestamp(parsing: text), time.milliseconds <= now.milliseconds
        else { return "" }
        return " (\(Length.text(now.milliseconds - time.milliseconds)))"
    }

    /// How long it is to a time.
    private func rest(to text: String) -> String {
        guard let time = StatesTimestamp(parsing: text), time.milliseconds > now.milliseconds
        else { return "" }
        return " (in \(Length.text(time.milliseconds - now.milliseconds)))"
    }

    private static func colour(_ status: String) -> Terminal.Colour? {
        switch status {
        case "SUCCEEDED": .green
        case "FAILED", "TIMED_OUT": .red
        case "ABORTED": .yellow
        case "RUNNING": .blue
        default: nil
        }
    }
}
