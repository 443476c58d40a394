import StepwellJSON

/// A part of a request or answer: `$request.body.order.items[0]`, `$context.requestId`.
struct MappingReference: Sendable, Hashable {
    enum Root: String, Sendable, CaseIterable {
        case request, context, response
    }

    private enum Step: Sendable, Hashable {
        case member(String)
        case item(Int)
    }

    let root: Root
    private let steps: [Step]

    /// Reads a reference without its `$`; nil when it is none.
    ///
    /// Members are separated by dots; of a header and a parameter everything behind the first dot
    /// is the name.
    init?(_ text: Substring) {
        let first = text.prefix { $0 != "." }
        guard let root = Root(rawValue: String(first)), first.endIndex != text.endIndex else {
            return nil
        }
        self.root = root
        var steps: [Step] = []
        var rest = text[text.index(after: first.endIndex)...]
        while true {
            let part = rest.prefix { $0 != "." }
            guard let found = Self.steps(part) else { return nil }
            steps += found
            guard part.endIndex != rest.endIndex else { break }
            rest = rest[rest.index(after: part.endIndex)...]
            if case .member(let group)? = steps.first, steps.count == 1,
                ["header", "querystring", "path"].contains(group), root == .request
            {
                guard !rest.isEmpty else { return nil }
                steps.append(.member(group == "header" ? rest.lowercased() : String(rest)))
                break
            }
        }
        self.steps = steps
    }

    /// `name`, `name[0]`, `[0][1]`.
    private static func steps(_ part: Substring) -> [Step]? {
        let name = part.prefix { $0 != "[" }
        var steps: [Step] = name.isEmpty ? [] : [.member(String(name))]
        var rest = part[name.endIndex...]
        while !rest.isEmpty {
            guard rest.first == "[", let end = rest.firstIndex(of: "]"),
                let index = CronField.digits(rest[rest.index(after: rest.startIndex)..<end])
            else { return nil }
            steps.append(.item(index))
            rest = rest[rest.index(after: end)...]
        }
        return steps.isEmpty ? nil : steps
    }

    /// What is there; nil when nothing is.
    func value(in context: MappingContext) -> JSONValue? {
        guard let start = context.root(root) else { return nil }
        // `$request.path` alone is the path as it was sent, as API Gateway has it.
        if root == .request, steps == [.member("path")] { return start["rawPath"] }
        var value: JSONValue? = .object(start)
        for step in steps {
            switch step {
            case .member(let name): value = value?[name]
            case .item(let index): value = value?[index]
            }
        }
        return value
    }
}
