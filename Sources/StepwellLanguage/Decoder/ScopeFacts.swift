/// What the walk over a definition learnt about one scope.
struct ScopeFacts {
    let path: DefinitionPath
    /// The place of the scope around it.
    let parent: Int?
    var startAt: String?
    var states: [StateFacts] = []
    /// The variables that states of the scope assign, with the first place of each.
    var assigned: [(name: String, path: DefinitionPath)] = []
    /// The variables that states of the scope read.
    var read: [(name: String, path: DefinitionPath)] = []

    init(path: DefinitionPath, parent: Int?) {
        self.path = path
        self.parent = parent
    }
}

/// What the walk learnt about one state.
struct StateFacts {
    let name: String
    let path: DefinitionPath
    /// The names that `Next`, `Default` and so on give.
    var targets: [(name: String, path: DefinitionPath)] = []
    /// Whether the scope ends here.
    var isTerminal = false
    /// Whether the state is so broken that it is not known where it goes.
    var isUnknown = false

    init(name: String, path: DefinitionPath) {
        self.name = name
        self.path = path
    }
}
