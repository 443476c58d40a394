import StepwellJSONPath

/// The members of an object in a payload template, in the order they were written, which is the
/// order they are evaluated in.
struct TemplateMembers: Sendable {
    /// A member with its key as it comes out (`.$` taken off).
    typealias Member = (key: String, value: TemplateNode)

    let members: [Member]
    /// The places of the members in the order in which AWS writes them: those without `.$` as they
    /// were written, then the others as Java's `HashMap` has them (it fits every template among the
    /// recorded histories, and no other order does).
    let arranged: [Int]

    init(_ members: [Member]) {
        self.members = members
        let expressions = members.indices.filter { members[$0].value.isExpression }
        let hashed = JavaHash.order(of: expressions.map { members[$0].key })
        arranged =
            members.indices.filter { !members[$0].value.isExpression }
            + hashed.map { expressions[$0] }
    }
}

extension TemplateNode {
    fileprivate var isExpression: Bool {
        if case .expression = self { true } else { false }
    }
}
