/// What is wrong with a route, in a sentence.
package struct RouteProblem: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
