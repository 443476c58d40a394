/// What a resource is called: what `Ref` and `Fn::GetAtt` give of it.
struct ResourceName {
    /// What `Ref` gives.
    let reference: String
    private let name: String
    private let arn: String
    private let attributes: [String: String]

    init(reference: String, name: String, arn: String, attributes: [String: String] = [:]) {
        self.reference = reference
        self.name = name
        self.arn = arn
        self.attributes = attributes
    }

    /// An attribute; one that is not known is the name, since resources that are no state machines
    /// are not made here.
    func attribute(_ attribute: String) -> String {
        if let value = attributes[attribute] { return value }
        if attribute == "Arn" || attribute.hasSuffix("Arn") { return arn }
        return name
    }
}
