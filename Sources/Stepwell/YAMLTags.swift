import StepwellJSON

/// What becomes of the tags of YAML values.
package enum YAMLTags: Sendable {
    /// There may be none, but YAML's own.
    case refused
    /// The short forms of CloudFormation's functions, `!Sub X`, stand for `{"Fn::Sub": X}`.
    case template

    /// The short forms of functions (CloudFormation user guide, "Intrinsic function reference").
    private static let functions: Set<String> = [
        "And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue",
        "Join", "Length", "Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform",
    ]

    /// The function that a tag is the short form of; nil when it is none.
    func function(of tag: String) -> String? {
        guard case .template = self, tag.utf8.first == UInt8(ascii: "!") else { return nil }
        let name = String(tag.dropFirst())
        if name == "Ref" || name == "Condition" { return name }
        return Self.functions.contains(name) ? "Fn::\(name)" : nil
    }
}
