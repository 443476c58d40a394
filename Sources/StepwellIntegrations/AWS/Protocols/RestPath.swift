import StepwellEngine

/// Paths of the REST protocols, from their templates: `/{Bucket}/{Key+}?list-type=2`.
enum RestPath {
    /// Writes path and query of a template.
    ///
    /// - Throws: `AWSFault.parameters` when a label has no value.
    static func write(
        _ template: String,
        _ labels: [(name: String, value: String)],
        required structure: StructureShape?,
        to request: inout WireRequest
    ) throws(AWSFault) {
        let parts = template.split(separator: "?", maxSplits: 1).map(String.init)
        if parts.count > 1 {
            for part in parts[1].split(separator: "&") {
                let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
                request.query.append((pair[0], pair.count > 1 ? pair[1] : nil))
            }
        }
        var path = parts.first ?? "/"
        for (name, value) in labels where !value.isEmpty {
            let segment = PercentEncoding.encode(value.utf8)
            path = TextTemplate.filling(path, "{\(name)}", with: segment)
            let greedy = PercentEncoding.encode(value.utf8, isPath: true)
            path = TextTemplate.filling(path, "{\(name)+}", with: greedy)
        }
        if let open = path.firstIndex(of: "{"), let close = path[open...].firstIndex(of: "}") {
            let label = path[path.index(after: open)..<close].filter { $0 != "+" }
            let member = structure?.members.first { $0.wireName == label }
            throw .parameters("Parameter '\(member?.sdkName ?? label)' must not be null or empty")
        }
        request.path = path
    }
}
