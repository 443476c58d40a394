/// The variables of policies: `${aws:PrincipalArn}`, `${key, 'default'}`.
enum PolicyVariables {
    /// The text with its variables filled in; nil when one has no value, which fits nothing.
    ///
    /// `${*}`, `${?}` and `${$}` are left to the patterns. Values are taken as they are written:
    /// a `*` in one stands for itself.
    static func fill(_ text: String, from context: [String: [String]]) -> String? {
        var filled = ""
        var rest = text[...]
        while let open = rest.range(ofText: "${"),
            let close = rest[open.upperBound...].firstIndex(of: "}")
        {
            filled += rest[..<open.lowerBound]
            let name = String(rest[open.upperBound..<close])
            if ["*", "?", "$"].contains(name) {
                filled += "${\(name)}"
            } else {
                guard let value = value(of: name, in: context) else { return nil }
                filled += value.map { "*?$".contains($0) ? "${\($0)}" : String($0) }.joined()
            }
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    /// A key's value if it has one only, else the default behind the comma.
    private static func value(of name: String, in context: [String: [String]]) -> String? {
        let parts = name.split(separator: ",", maxSplits: 1).map(String.init)
        let key = parts.first?.lowercased() ?? ""
        if let values = context[key], values.count == 1 { return values[0] }
        guard parts.count == 2 else { return nil }
        return parts[1].drop { $0 == " " }.split(separator: "'").first.map(String.init)
    }
}

extension Substring {
    /// Where a text begins and ends the first time.
    fileprivate func range(ofText text: String) -> Range<Index>? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
            place = index(after: place)
        }
        return nil
    }
}
