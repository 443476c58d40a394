/// A structure of a model.
struct StructureShape: Sendable {
    let members: [MemberShape]
    /// The member whose value is the body.
    let payload: String?
    /// The names of the members that have to be there.
    let required: Set<String>
    /// Anything at all: a document that is passed as it is.
    let isDocument: Bool
    /// A stream of events, which is not spoken.
    let isEventStream: Bool
    private let places: [String: Int]

    init(
        members: [MemberShape],
        payload: String? = nil,
        required: Set<String> = [],
        isDocument: Bool = false,
        isEventStream: Bool = false
    ) {
        self.members = members
        self.payload = payload
        self.required = required
        self.isDocument = isDocument
        self.isEventStream = isEventStream
        var places: [String: Int] = [:]
        for (place, member) in members.enumerated() {
            places[member.sdkName] = place
        }
        self.places = places
    }

    /// The member that SDK integrations spell so; by the model's own spelling too, unless only
    /// theirs counts.
    func member(_ name: String, isStrict: Bool) -> MemberShape? {
        if let place = places[name] { return members[place] }
        let found = members.first { $0.name.utf8.elementsEqual(name.utf8) }
        guard let found, isStrict else { return found }
        // `DBName` for `DbName` does no harm, `cluster` is what AWS refuses.
        return (name.utf8.first.map { (65...90).contains($0) } ?? false) ? found : nil
    }

    /// The member that is the body.
    var payloadMember: MemberShape? {
        payload.flatMap { name in members.first { $0.name == name } }
    }
}
