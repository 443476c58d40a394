/// The name of a comparison's field: an operator, perhaps in its `…Path` form.
struct ComparisonField {
    let `operator`: ComparisonOperator
    let isPath: Bool

    init?(_ name: String) {
        if let found = ComparisonOperator(rawValue: name) {
            self.operator = found
            isPath = false
            return
        }
        guard name.utf8.suffix(4).elementsEqual("Path".utf8),
            let plain = String(name.utf8.dropLast(4)),
            let found = ComparisonOperator(rawValue: plain), found.hasPathForm
        else { return nil }
        self.operator = found
        isPath = true
    }
}
