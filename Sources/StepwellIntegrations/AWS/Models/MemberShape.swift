/// A use of a shape: a member of a structure, the elements of a list, keys or values of a map.
struct MemberShape: Sendable {
    /// The member's name in the model; empty for elements, keys and values.
    let name: String
    /// How SDK integrations spell the name.
    let sdkName: String
    /// The name of the shape that is used.
    let shape: String
    let traits: ShapeTraits

    /// A use of a shape; spelled as the model does it when `keepsName`.
    init(name: String, shape: String, traits: ShapeTraits, keepsName: Bool = false) {
        self.name = name
        sdkName = keepsName ? name : SDKName.member(name)
        self.shape = shape
        self.traits = traits
    }

    /// The name on the wire.
    var wireName: String { traits.locationName ?? name }
}
