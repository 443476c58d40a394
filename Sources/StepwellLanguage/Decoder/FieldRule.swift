/// A line of a rule table: a field of one kind of object.
struct FieldRule: Sendable {
    /// The field's name.
    let name: String
    /// What its value has to be.
    let kind: FieldKind
    /// Whether the object has to have it.
    let isRequired: Bool

    init(_ name: String, _ kind: FieldKind, required: Bool = false) {
        self.name = name
        self.kind = kind
        isRequired = required
    }
}

/// A line of the rule table for states.
struct StateFieldRule: Sendable {
    /// The field and its kind.
    let field: FieldRule
    /// The types that may have it.
    let states: StateTypes
    /// The language that it belongs to; `nil` for both.
    let language: QueryLanguage?

    init(
        _ name: String,
        _ kind: FieldKind,
        _ states: StateTypes,
        _ language: QueryLanguage? = nil,
        required: Bool = false
    ) {
        field = FieldRule(name, kind, required: required)
        self.states = states
        self.language = language
    }
}

/// Fields that exclude each other.
struct ExclusiveFields: Sendable {
    /// The fields.
    let names: [String]
    /// The types that the line is about.
    let states: StateTypes
    /// The language that it belongs to; `nil` for both.
    let language: QueryLanguage?
    /// Whether there has to be one.
    let isRequired: Bool

    init(
        _ names: [String],
        _ states: StateTypes,
        _ language: QueryLanguage? = nil,
        required: Bool = false
    ) {
        self.names = names
        self.states = states
        self.language = language
        isRequired = required
    }
}
