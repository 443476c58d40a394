import Foundation
import StepwellEngine
import StepwellJSON

/// ECS and Batch as far as local runners stand for them, in front of AWS.
///
/// What has no runner here, and every other call, goes on to AWS. An id that was given here is
/// known by its form, also after a restart, when nothing is known of its job any more.
package struct LocalRunnerServices: AWSCalling {
    let jobs: LocalJobs
    let live: LiveSettings
    let region: String
    let account: String
    /// Who answers everything else; nil when nobody does.
    private let aws: (any AWSCalling)?

    package init(
        jobs: LocalJobs,
        live: LiveSettings,
        region: String,
        account: String,
        aws: (any AWSCalling)?
    ) {
        self.jobs = jobs
        self.live = live
        self.region = region
        self.account = account
        self.aws = aws
    }

    package func knows(service: String, action: String) -> Bool {
        let isLocal = live.current.runners.contains { $0.service.rawValue == service }
        if isLocal, Self.actions[service]?.contains(action) == true { return true }
        return aws?.knows(service: service, action: action) ?? false
    }

    package func mayKnow(service: String, action: String) -> Bool {
        if Self.actions[service]?.contains(action) == true { return true }
        return aws?.mayKnow(service: service, action: action) ?? false
    }

    package func hindrance(service: String) -> String? {
        if let aws { return aws.hindrance(service: service) }
        return "needs AWS, which is not there"
    }

    package func clientName(service: String, action: String) -> String? {
        aws?.clientName(service: service, action: action)
    }

    private static let actions = [
        "ecs": ["RunTask", "DescribeTasks", "StopTask"],
        "batch": ["SubmitJob", "DescribeJobs", "TerminateJob", "CancelJob"],
    ]

    package func call(_ call: AWSCall) async throws(AWSFault) -> AWSAnswer {
        if let answer = try await local(call) { return answer }
        guard let aws else {
            throw .unknownAction(
                "Nothing here does \(call.service):\(call.action): there is no local runner for it "
                    + "(runners.\(call.service) in the configuration file), and no AWS."
            )
        }
        return try await aws.call(call)
    }

    /// What runners answer; nil when the call is none of theirs.
    private func local(_ call: AWSCall) async throws(AWSFault) -> AWSAnswer? {
        let parameters = LocalParameters(call.parameters)
        let output: JSONObject?
        switch (call.service, call.action) {
        case ("ecs", "RunTask"): output = try await runTask(parameters, call)
        case ("ecs", "DescribeTasks"): output = try await describeTasks(parameters)
        case ("ecs", "StopTask"): output = try await stopTask(parameters)
        case ("batch", "SubmitJob"): output = try await submitJob(parameters, call)
        case ("batch", "DescribeJobs"): output = try await describeJobs(parameters)
        case ("batch", "TerminateJob"), ("batch", "CancelJob"):
            output = try await endJob(parameters)
        default: output = nil
        }
        return output.map { AWSAnswer(output: $0) }
    }

    /// The runner of a definition, whatever its revision.
    func runner(
        _ service: LocalRunnerSettings.Service,
        _ definition: String
    ) -> LocalRunnerSettings? {
        let name = LocalName.family(of: definition)
        let runners = live.current.runners.filter { $0.service == service }
        return runners.first { $0.definition == name } ?? runners.first { $0.definition == "*" }
    }

    /// The ARN of something of a service.
    func arn(_ service: String, _ rest: String) -> String {
        Partition.arn(service, region: region, account: account, rest)
    }

    /// The ARN of what is named, behind a prefix, or is an ARN already.
    func arn(_ service: String, _ prefix: String, named name: String) -> String {
        name.utf8.starts(with: "arn:".utf8) ? name : arn(service, prefix + name)
    }

    /// The id of what a call starts: the same for every delivery of a task.
    func identity(of call: AWSCall) -> String {
        let key = call.idempotencyKey ?? UUID().uuidString
        return LocalName.id(from: IdempotencyToken.uuid(key))
    }

    /// A refusal of a service.
    static func refusal(_ code: String, _ message: String) -> AWSFault {
        var fault = ServiceFault(code: code, message: message, status: 400)
        // The services' models have every error that is refused with here.
        fault.shape = code
        return .service(fault)
    }
}

/// Names of definitions and ids.
enum LocalName {
    /// The name of a definition, without ARN and revision.
    static func family(of definition: String) -> String {
        var name = Substring(definition)
        if name.hasPrefix("arn:"), let slash = name.lastIndex(of: "/") {
            name = name[name.index(after: slash)...]
        }
        return String(name.prefix { $0 != ":" })
    }

    /// What tells the ids of local jobs from AWS's: the end of a UUID of the free version 8.
    private static let mark = "10ca1ca110ca"

    /// A job's id that follows from a key.
    static func id(from uuid: String) -> String {
        var digits = Array(uuid.lowercased())
        guard digits.count == 36 else { return uuid }
        digits[14] = "8"
        digits.replaceSubrange(24..., with: Array(mark))
        return String(digits)
    }

    /// Whether an id, or the ARN that ends in it, is that of a local job.
    static func isLocal(_ id: String) -> Bool {
        let last = id.split(separator: "/").last.map(String.init) ?? id
        return (last.split(separator: ":").first.map(String.init) ?? last).hasSuffix(mark)
    }
}

/// Parameters of a call.
struct LocalParameters {
    let members: JSONObject

    init(_ members: JSONObject) {
        self.members = members
    }

    init(_ value: JSONValue?) {
        members = value?.objectValue ?? JSONObject()
    }

    subscript(_ name: String) -> JSONValue? { members[name] }

    func text(_ name: String) -> String? { members[name]?.stringValue }

    func whole(_ name: String) -> Int? { members[name]?.intValue }

    func parts(_ name: String) -> [LocalParameters] {
        (members[name]?.arrayValue ?? []).map { LocalParameters($0) }
    }

    func texts(_ name: String) -> [String]? {
        members[name]?.arrayValue?.compactMap(\.stringValue)
    }

    /// `[{Name, Value}]`.
    func pairs(_ name: String) -> [(name: String, value: String)] {
        parts(name).compactMap { pair in
            guard let name = pair.text("Name") else { return nil }
            return (name, pair.text("Value") ?? "")
        }
    }
}
