/// A service that is known without model files, in short: some of its actions.
///
/// An action is a line `NAME [METHOD PATH] [words]`; the words are `in:SHAPE`, `out:SHAPE`,
/// `errors:A,B` (`CODE=SHAPE`), `sum:MEMBER` (which chooses the checksum of the body), `query:A,B`
/// `token:MEMBER` and `bare` (no body). Without `in` and `out` its members pass as they are.
///
/// A shape is a line `NAME: member member`; a member is `NAME[:TYPE][@PLACE[=WIRE]][~WIRE]`, its
/// type `string` unless said otherwise, `[T]` a list, `[T]*` a flattened one, `{}` a map of texts,
/// `time/FORMAT` a time that is written otherwise than its place has it. With `!` it is the body,
/// with `^` its element declares the namespace.
struct BuiltInService: Sendable {
    var serviceID: String
    var wireProtocol: ServiceModel.WireProtocol
    var endpointPrefix: String
    var signingName: String?
    var apiVersion = ""
    var jsonVersion = "1.1"
    var targetPrefix = ""
    /// What elements with `^` declare.
    var namespace: String?
    var isQueryCompatible = false
    var isLowerCase = false
    /// Members whose keys are the user's.
    var maps: [String] = []
    /// Members that are times, numbers in the answers.
    var times: [String] = []
    /// Several members that more than one shape has, by a name that begins with `%`.
    var groups: [String: String] = [:]
    var operations: [String]
    var shapes: [String] = []

    /// The model.
    func model() -> ServiceModel {
        var table = BuiltInShapes(groups: groups, namespace: namespace)
        for line in shapes { table.add(line) }
        var all: [String: OperationModel] = [:]
        for line in operations {
            let operation = operation(line)
            all[operation.name] = operation
        }
        return ServiceModel(
            metadata: ServiceModel.Metadata(
                serviceID: serviceID,
                endpointPrefix: endpointPrefix,
                signingName: signingName ?? endpointPrefix,
                wireProtocol: wireProtocol,
                apiVersion: apiVersion,
                jsonVersion: jsonVersion,
                targetPrefix: targetPrefix,
                isQueryCompatible: isQueryCompatible
            ),
            operations: all,
            shapes: table.shapes,
            errors: [:],
            loose: LooseSpelling(
                maps: Set(maps),
                times: Set(times),
                isLowerCase: isLowerCase
            )
        )
    }

    private func operation(_ line: String) -> OperationModel {
        var words = line.split(separator: " ").map(String.init)
        var operation = OperationModel(name: words.removeFirst())
        if words.count >= 2, !words[0].contains(":") {
            operation.method = words.removeFirst()
            operation.uri = words.removeFirst()
        }
        var loose = LooseOperation()
        for word in words {
            if word == "bare" { loose.isBare = true }
            let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "in": operation.input = BuiltInShapes.use(parts[1])
            case "out": operation.output = BuiltInShapes.use(parts[1])
            case "sum": operation.checksumMember = parts[1]
            case "query": loose.query = Set(parts[1].split(separator: ",").map(String.init))
            case "token": loose.token = parts[1]
            case "errors":
                for error in parts[1].split(separator: ",") {
                    let pair = error.split(separator: "=").map(String.init)
                    operation.errors[pair[0]] = pair[pair.count - 1]
                }
            default: continue
            }
        }
        if operation.input == nil, operation.output == nil { operation.loose = loose }
        return operation
    }
}
