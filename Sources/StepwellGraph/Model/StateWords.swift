import StepwellJSON

/// What a state does, in a few words, from its fields.
struct StateWords {
    /// The type.
    let type: GraphStateType
    private let fields: JSONObject

    init(_ fields: JSONObject) {
        self.fields = fields
        switch fields["Type"]?.text.flatMap(GraphStateType.init) {
        case nil, .missing, .unknown: type = .unknown
        case let known?: type = known
        }
    }

    /// What stands below the name.
    var detail: String {
        switch type {
        case .task: ResourceWords(fields).text
        case .pass, .choice, .succeed: type.rawValue
        case .wait: wait
        case .fail: text("Error").map { "Fail: \($0)" } ?? "Fail"
        case .parallel: count(fields["Branches"]?.items?.count ?? 0, "branch", "branches")
        case .map: map
        case .unknown: fields["Type"].map { "unknown type \(short($0))" } ?? "no type"
        case .missing: ""
        }
    }

    /// `Retry` in short, `retry ×3`; nil without one that tries anything again.
    var retries: String? {
        let attempts = (fields["Retry"]?.items ?? []).compactMap(\.members).map { retrier in
            guard case .number(let number)? = retrier["MaxAttempts"] else { return Int64(3) }
            return number.integer ?? 0
        }
        guard let most = attempts.max(), most > 0 else { return nil }
        return "retry\u{A0}\u{D7}\(most)"
    }

    private var wait: String {
        if let seconds = fields["Seconds"] {
            if case .number(let number) = seconds, let whole = number.integer {
                return "Wait \(DurationWords(seconds: whole).text)"
            }
            return "Wait \(short(seconds)) seconds"
        }
        if let path = text("SecondsPath") { return "Wait \(path) seconds" }
        if let moment = fields["Timestamp"] { return "Wait until \(short(moment))" }
        if let path = text("TimestampPath") { return "Wait until \(path)" }
        return "Wait"
    }

    private var map: String {
        let processor = fields["ItemProcessor"]?.members ?? fields["Iterator"]?.members
        let mode = processor?["ProcessorConfig"]?.members?["Mode"]?.text
        var words = mode == "DISTRIBUTED" ? "distributed map" : "for each item"
        if case .number(let limit)? = fields["MaxConcurrency"], let most = limit.integer, most > 0 {
            words += most == 1 ? ", one at a time" : ", \(most) at a time"
        }
        return words
    }

    private func text(_ name: String) -> String? {
        fields[name].map(short)
    }

    /// A value in a line: expressions without their delimiters.
    private func short(_ value: JSONValue) -> String {
        guard case .string(let text) = value else { return JSONWriter.string(value) }
        guard text.utf8.starts(with: "{%".utf8), text.utf8.count >= 4 else { return text }
        let inner = text.utf8.dropFirst(2).dropLast(2).drop { $0 <= 0x20 }
        let end = inner.lastIndex { $0 > 0x20 }.map { inner.index(after: $0) } ?? inner.startIndex
        return String(Substring(inner[..<end]))
    }

    private func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
