/// What the server can be asked.
package enum OperationNames {
    /// Every operation of Step Functions, then this product's own with `Stepwell.` before them;
    /// each in alphabetical order.
    package static var all: [String] {
        Operation.all.keys.sorted() + Operation.own.keys.sorted().map { "Stepwell.\($0)" }
    }
}
