/// One state with the fields that every type shares and, in `kind`, those of its own type.
///
/// A field that its type does not have holds its neutral value.
package final class State: Sendable {
    /// The name, unique in the whole machine.
    package let name: String
    /// The scope that the state belongs to.
    package let scope: ScopeIndex
    /// The `Comment`.
    package let comment: String?
    /// The language of the state's expressions: its own or the machine's.
    package let queryLanguage: QueryLanguage
    /// The fields of the state's type.
    package let kind: StateKind
    /// Where a state that ends well goes.
    package let transition: StateTransition
    /// `InputPath`, `Parameters` and so on.
    package let dataFlow: DataFlow
    /// `Arguments`, `Output` and `Assign` of a JSONata state.
    package let expressionFlow: ExpressionFlow
    /// `Assign` of a JSONPath state.
    package let assign: AssignTemplate?
    /// `Retry`, in order.
    package let retriers: [Retrier]
    /// `Catch`, in order.
    package let catchers: [Catcher]

    package init(
        name: String,
        scope: ScopeIndex,
        comment: String? = nil,
        queryLanguage: QueryLanguage = .jsonPath,
        kind: StateKind,
        transition: StateTransition,
        dataFlow: DataFlow = .identity,
        expressionFlow: ExpressionFlow = .identity,
        assign: AssignTemplate? = nil,
        retriers: [Retrier] = [],
        catchers: [Catcher] = []
    ) {
        self.name = name
        self.scope = scope
        self.comment = comment
        self.queryLanguage = queryLanguage
        self.kind = kind
        self.transition = transition
        self.dataFlow = dataFlow
        self.expressionFlow = expressionFlow
        self.assign = assign
        self.retriers = retriers
        self.catchers = catchers
    }

    /// `InputPath`.
    package var inputPath: PathField { dataFlow.inputPath }
    /// `Parameters` (of a Map state: see `MapFields.itemSelector`).
    package var parameters: PayloadTemplate? { dataFlow.parameters }
    /// `ResultSelector`.
    package var resultSelector: PayloadTemplate? { dataFlow.resultSelector }
    /// `ResultPath`.
    package var resultPath: ResultPathField { dataFlow.resultPath }
    /// `OutputPath`.
    package var outputPath: PathField { dataFlow.outputPath }
}
