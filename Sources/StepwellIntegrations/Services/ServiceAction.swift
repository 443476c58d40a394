import StepwellEngine
import StepwellJSON

/// One action of a service as an optimised integration offers it.
struct ServiceAction: Sendable {
    /// What keeps a submission that is made again from beginning another job.
    enum Idempotency: Sendable {
        /// Nothing: a crash at the wrong moment repeats it.
        case none
        /// A token that the service compares, in this member, unless the definition gives one.
        case token(String)
        /// The name that the definition gives: what is there already, when the submission is made
        /// again, is the task's own. An action describes it by that member; of its answer one
        /// member is the submission's.
        case name(String, describe: String, answer: String)
    }

    /// The action as resources spell it: `sendMessage`.
    let name: String
    /// The action of the service's model: `SendMessage`.
    let action: String
    /// The service as SDK integrations spell it, where it is not that of all actions.
    var service: String?
    let patterns: Set<IntegrationPattern>
    /// The parameters that it takes.
    let parameters: Set<String>
    var idempotency = Idempotency.none
    /// The longest that the call may take, all its attempts together.
    var timeout = Duration.seconds(60)
    /// The parameters of the call.
    var request: @Sendable (JSONObject, ServiceExchange) async throws -> JSONObject = { given, _ in
        given
    }
    /// The result, of the service's answer; may throw `TaskFailure`.
    var answer: @Sendable (JSONObject, ServiceExchange) async throws -> JSONObject = { given, _ in
        given
    }
    /// How the job of `.sync` is followed.
    var job: JobRules?

    /// An action.
    ///
    /// - Parameters:
    ///   - action: as the service's model spells it; resources begin it with a small letter.
    ///   - patterns: what it can be waited for by.
    ///   - parameters: the names of its parameters, between spaces.
    init(_ action: String, _ patterns: Set<IntegrationPattern>, _ parameters: String) {
        name = (action.first?.lowercased() ?? "") + action.dropFirst()
        self.action = action
        self.patterns = patterns
        self.parameters = Set(parameters.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// An action whose name in resources is not that of the service's.
    init(
        _ name: String,
        calling action: String,
        _ patterns: Set<IntegrationPattern>,
        _ parameters: String
    ) {
        self.name = name
        self.action = action
        self.patterns = patterns
        self.parameters = Set(parameters.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// The same with something about it changed.
    func with(_ change: (inout ServiceAction) -> Void) -> ServiceAction {
        var changed = self
        change(&changed)
        return changed
    }
}

/// What the making of a request or a result may want: the task, and other calls.
struct ServiceExchange: Sendable {
    let task: ConnectorTask
    let pattern: IntegrationPattern
    /// The parameters of the task.
    let parameters: JSONObject
    /// Makes another call of the same service, or of one that is named.
    let call: @Sendable (_ service: String?, String, JSONObject) async throws -> AWSAnswer
}
