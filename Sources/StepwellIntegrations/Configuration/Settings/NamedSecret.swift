/// A name and a value that is not shown: a header, a parameter of a query, a variable.
package struct NamedSecret: Sendable, Hashable {
    package var name: String
    package var value: Secret

    package init(name: String, value: Secret) {
        self.name = name
        self.value = value
    }
}
