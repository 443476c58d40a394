/// Gathers the variables that an expression reads and nothing in it binds.
///
/// What is called is left out: no variable given from outside is a function.
final class FreeVariables {
    /// Their names, each once, in the order of the text.
    private(set) var names: [String] = []
    /// The members that are read of them by name, each once, in the order of the text.
    private(set) var members: [FreeMember] = []
    /// Every name that stands for something given from outside unless a function has it, what is
    /// called among them, each once.
    private(set) var mentions: [String] = []
    /// How often a variable is read, less the times that a path reads one member of it.
    private var wholeReads: [KeyBytes: Int] = [:]
    private var mentioned: Set<KeyBytes> = []
    private var known: Set<KeyBytes> = []
    private var knownMembers: Set<[KeyBytes]> = []

    func note(_ name: String) {
        if known.insert(KeyBytes(name)).inserted {
            names.append(name)
        }
    }

    /// Notes a name that nothing in the expression binds.
    func mention(_ name: String) {
        if mentioned.insert(KeyBytes(name)).inserted {
            mentions.append(name)
        }
        wholeReads[KeyBytes(name), default: 0] += 1
    }

    /// Whether something else is read of a variable than members by name.
    func isReadWhole(_ name: String) -> Bool {
        wholeReads[KeyBytes(name), default: 0] > 0
    }

    /// Notes that a path begins with a variable and the name of a member; with `isOnlyMember` no
    /// step of it goes back to the variable.
    func note(_ name: String, member: String, isOnlyMember: Bool) {
        if isOnlyMember { wholeReads[KeyBytes(name), default: 0] -= 1 }
        if knownMembers.insert([KeyBytes(name), KeyBytes(member)]).inserted {
            members.append(FreeMember(variable: name, name: member))
        }
    }
}
