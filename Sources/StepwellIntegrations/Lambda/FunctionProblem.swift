/// Why a function cannot be hosted, and what to do about it.
package struct FunctionProblem: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
