/// Gathers the variables that an expression reads and nothing in it binds.
///
/// What is called is left out: no variable given from outside is a function.
final class FreeVariables {
    /// Their names, each once, in the order of the text.
    private(set) var names: [String] = []
    private var known: Set<KeyBytes> = []

    func note(_ name: String) {
        if known.insert(KeyBytes(name)).inserted {
            names.append(name)
        }
    }
}
