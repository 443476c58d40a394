/// A member of a request, and the constraints the service model puts on its value.
struct MemberShape: Sendable {
    let name: String
    let isRequired: Bool
    let value: ValueShape
    /// Known to AWS but not to this server, which refuses it by name.
    var isSupported = true

    /// A member that has to be there.
    static func required(_ name: String, _ value: ValueShape) -> MemberShape {
        MemberShape(name: name, isRequired: true, value: value)
    }

    /// A member that may be left out.
    static func optional(_ name: String, _ value: ValueShape) -> MemberShape {
        MemberShape(name: name, isRequired: false, value: value)
    }

    /// A member of a feature that this server does not have.
    static func unsupported(_ name: String, _ value: ValueShape) -> MemberShape {
        MemberShape(name: name, isRequired: false, value: value, isSupported: false)
    }
}
