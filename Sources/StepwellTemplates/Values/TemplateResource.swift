package import StepwellJSON

/// A resource of a template, by name and type.
package struct TemplateResource: Sendable, Hashable {
    package let logicalID: String
    package let type: String
    package let place: JSONPointer
}
