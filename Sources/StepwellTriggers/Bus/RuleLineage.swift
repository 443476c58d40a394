import StepwellHistory

/// Which rules had a hand in an execution, because its change of status, or that of one before it,
/// has started it.
///
/// It is a field of the trace header, `Lineage`, as Lambda knows functions by that call themselves:
/// executions hand the header on to those that they start.
struct RuleLineage: Sendable, Hashable {
    private static let field = "Lineage="
    /// A header has room for no more.
    private static let most = 20

    private let marks: [String]
    /// The header's other fields.
    private let rest: String

    /// Reads a trace header; of an execution without one, nobody had a hand in it.
    init(_ header: String?) {
        var marks: [String] = []
        var rest: [Substring] = []
        for field in (header ?? "").split(separator: ";") {
            guard field.utf8.starts(with: Self.field.utf8) else {
                rest.append(field)
                continue
            }
            marks += field.dropFirst(Self.field.count).split(separator: ":").map(String.init)
        }
        self.marks = marks
        self.rest = rest.joined(separator: ";")
    }

    /// Whether a rule may start an execution now: it had no hand in what happened, and there is
    /// room to say that it has one in what follows.
    func admits(_ rule: Rule) -> Bool {
        marks.count < Self.most && !marks.contains(Self.mark(of: rule))
    }

    /// The header of what a rule starts; an event without a trace begins one.
    func header(adding rule: Rule, of event: AcceptedEvent) -> String {
        let lineage = Self.field + (marks + [Self.mark(of: rule)]).joined(separator: ":")
        let length = 255 - lineage.utf8.count
        let isKept = !rest.isEmpty && rest.utf8.count <= length
        return (isKept ? rest : Self.root(of: event)) + ";" + lineage
    }

    private static func root(of event: AcceptedEvent) -> String {
        let digits = DeliveryID.uuid(of: [event.id]).filter { $0 != "-" }
        let seconds = UInt32(truncatingIfNeeded: event.received.milliseconds / 1_000)
        let time = String(seconds, radix: 16)
        return "Root=1-" + String(repeating: "0", count: 8 - time.count) + time + "-"
            + digits.prefix(24)
    }

    /// Eight digits that stand for a rule.
    private static func mark(of rule: Rule) -> String {
        String(DeliveryID.uuid(of: [rule.bus, rule.name]).prefix(8))
    }
}
