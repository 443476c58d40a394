/// Gathers the variables that an expression reads and nothing in it binds.
///
/// What is called is left out: no variable given from outside is a function.
final class FreeVariables {
    /// Their names, each once, in the order of the text.
    private(set) var names: [String] = []
    /// The members that are read of them by name, each once, in the order of the text.
    private(set) var members: [FreeMember] = []
    private var known: Set<KeyBytes> = []
    private var knownMembers: Set<[KeyBytes]> = []

    func note(_ name: String) {
        if known.insert(KeyBytes(name)).inserted {
            names.append(name)
        }
    }

    func note(_ name: String, member: String) {
        if knownMembers.insert([KeyBytes(name), KeyBytes(member)]).inserted {
            members.append(FreeMember(variable: name, name: member))
        }
    }
}
