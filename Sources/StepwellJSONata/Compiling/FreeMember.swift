/// A member that an expression reads of a variable which nothing in it binds: `$states.result`.
package struct FreeMember: Sendable, Equatable {
    /// The variable's name, without its `$`.
    package let variable: String
    /// The member's name.
    package let name: String

    package static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.variable.utf8.elementsEqual(rhs.variable.utf8)
            && lhs.name.utf8.elementsEqual(rhs.name.utf8)
    }
}
