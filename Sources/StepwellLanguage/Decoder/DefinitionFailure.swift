/// Why a definition that was accepted once cannot be compiled by this version.
package struct DefinitionFailure: Error, CustomStringConvertible {
    /// What is wrong, and where.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
