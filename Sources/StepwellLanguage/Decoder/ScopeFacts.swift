/// What the walk over a definition learnt about one scope.
struct ScopeFacts {
    let path: DefinitionPath
    /// The place of the scope around it.
    let parent: Int?
    var startAt: String?
    /// Whether the scope has an object of states: without one nothing can be said of its targets.
    var hasStates = false
    var states: [StateFacts] = []
    /// The variables that states of the scope assign, with the first place of each.
    private(set) var assigned: [(name: String, path: DefinitionPath)] = []
    /// The places in `assigned` by name, as bytes.
    private var assignedPlaces: [[UInt8]: Int] = [:]
    /// The variables that states of the scope read.
    var read: [(name: String, path: DefinitionPath)] = []

    init(path: DefinitionPath, parent: Int?) {
        self.path = path
        self.parent = parent
    }

    /// Notes that a state of the scope assigns a variable.
    mutating func assign(_ name: String, at path: DefinitionPath) {
        let key = Array(name.utf8)
        guard assignedPlaces[key] == nil else { return }
        assignedPlaces[key] = assigned.count
        assigned.append((name, path))
    }

    /// Where the scope first assigns a variable.
    func assignment(of name: String) -> DefinitionPath? {
        assignedPlaces[Array(name.utf8)].map { assigned[$0].path }
    }
}

/// What the walk learnt about one state.
struct StateFacts {
    let name: String
    let path: DefinitionPath
    /// The names that `Next`, `Default` and so on give.
    private(set) var targets: [(name: String, path: DefinitionPath)] = []
    /// Whether the scope ends here.
    var isTerminal = false

    init(name: String, path: DefinitionPath) {
        self.name = name
        self.path = path
    }

    /// Notes where the state may go, when there is such a field.
    mutating func note(_ target: String?, at path: DefinitionPath) {
        if let target { targets.append((target, path)) }
    }
}
