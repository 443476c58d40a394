package import StepwellJSON

extension GraphStatus {
    /// Reads the answer of DescribeStateStatuses: in `states` by name an object with `status`,
    /// `entered`, `succeeded` and `retries` and, of a Map or Parallel state, `children`, whose
    /// counts are what is said of it.
    package static func all(_ answer: JSONObject) -> [String: GraphStatus] {
        var all: [String: GraphStatus] = [:]
        for (name, value) in answer["states"]?.members ?? JSONObject() {
            guard let members = value.members, let status = GraphStatus(members) else { continue }
            all[name] = status
        }
        return all
    }

    private init?(_ members: JSONObject) {
        guard let kind = members["status"]?.text.flatMap(Kind.init) else { return nil }
        let children = members["children"]?.members
        self.init(
            kind,
            entered: children?.count("count") ?? members.count("entered"),
            succeeded: (children ?? members).count("succeeded"),
            retries: members.count("retries")
        )
    }
}

extension JSONObject {
    /// A whole number; 0 where there is none.
    fileprivate func count(_ name: String) -> Int {
        guard case .number(let number)? = self[name] else { return 0 }
        return number.integer.map { Int(clamping: $0) } ?? 0
    }
}
