import ArgumentParser
import StepwellJSON

/// What `create` and `update` say of a state machine beside its definition.
struct MachineSettings: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A value for ${NAME} in the definition; repeatable.",
            valueName: "NAME=VALUE"
        )
    )
    var substitute: [String] = []

    @Option(name: .customLong("role-arn"), help: ArgumentHelp("Its role.", valueName: "ARN"))
    var roleARN: String?

    @Option(help: ArgumentHelp("What it logs: ALL, ERROR, FATAL or OFF.", valueName: "LEVEL"))
    var logLevel: String?

    @Option(help: ArgumentHelp("The log group that it logs to.", valueName: "ARN"))
    var logGroup: String?

    @Flag(help: "Log inputs and outputs too.")
    var logData = false

    @Flag(inversion: .prefixedNo, help: "Trace its executions.")
    var tracing: Bool?

    @Flag(help: "Publish a version too.")
    var publish = false

    @Option(help: ArgumentHelp("The published version's description.", valueName: "TEXT"))
    var versionDescription: String?

    func validate() throws {
        _ = try Substitutions(substitute)
        guard logLevel != nil || (logGroup == nil && !logData) else {
            throw ValidationError("--log-group and --log-data require --log-level")
        }
        guard publish || versionDescription == nil else {
            throw ValidationError("--version-description goes with --publish")
        }
    }

    /// The request's members for the settings that were given.
    var members: JSONObject {
        var members = JSONObject()
        members["roleArn"] = roleARN.map { .string($0) }
        if let logLevel {
            var logging = JSONObject([("level", .string(logLevel.uppercased()))])
            logging["includeExecutionData"] = .bool(logData)
            if let logGroup {
                let group: JSONValue = ["logGroupArn": .string(logGroup)]
                logging["destinations"] = .array([["cloudWatchLogsLogGroup": group]])
            }
            members["loggingConfiguration"] = .object(logging)
        }
        if let tracing { members["tracingConfiguration"] = ["enabled": .bool(tracing)] }
        if publish { members["publish"] = .bool(true) }
        members["versionDescription"] = versionDescription.map { .string($0) }
        return members
    }
}
