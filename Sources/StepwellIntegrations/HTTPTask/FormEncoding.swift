import StepwellJSON

/// A request body as a form (`URL_ENCODED`): members of members are in brackets, and a list is
/// written in one of four ways (developer guide, "Apply URL-encoding on request body").
enum FormEncoding: String {
    /// `a[0]=x&a[1]=y`
    case indices = "INDICES"
    /// `a=x&a=y`
    case repeating = "REPEAT"
    /// `a=x,y`
    case commas = "COMMAS"
    /// `a[]=x&a[]=y`
    case brackets = "BRACKETS"

    /// The form of an object; members that are null have no value.
    func form(_ members: JSONObject) -> String {
        var pairs: [(name: String, value: String)] = []
        for (key, value) in members { add(value, named: key, to: &pairs, depth: 0) }
        return URLText.query(pairs)
    }

    /// As deep as JSON is read.
    private static var depthLimit: Int { JSONParser.defaultMaximumDepth }

    private func add(
        _ value: JSONValue,
        named name: String,
        to pairs: inout [(name: String, value: String)],
        depth: Int
    ) {
        guard depth < Self.depthLimit else { return }
        switch value {
        case .object(let members):
            for (key, member) in members {
                add(member, named: "\(name)[\(key)]", to: &pairs, depth: depth + 1)
            }
        case .array(let elements) where self == .commas:
            pairs.append((name, elements.map(Self.text).joined(separator: ",")))
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                let place =
                    switch self {
                    case .indices: "\(name)[\(index)]"
                    case .brackets: "\(name)[]"
                    case .repeating, .commas: name
                    }
                add(element, named: place, to: &pairs, depth: depth + 1)
            }
        case .null, .bool, .number, .string: pairs.append((name, Self.text(value)))
        }
    }

    /// What stands for a value in a header, a query or a form: a string without its quotes.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .null: ""
        case .bool, .number, .array, .object: JSONWriter.string(value)
        }
    }
}
