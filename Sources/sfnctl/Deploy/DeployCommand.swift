import ArgumentParser
import Foundation
import StepwellJSON
import StepwellTemplates

/// `sfnctl deploy`: state machines of SAM and CloudFormation templates, and of the CDK.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Make what a SAM, CloudFormation or CDK template describes.",
        discussion: """
            Creates state machines, activities, versions, aliases and what starts them \
            (events, rules, schedules), or updates them; a second run changes \
            nothing. Lambda functions with code on this machine become `functions` of the \
            configuration file that --config-out writes, for `serve --config`. Every other \
            resource is named with the reason why it is left out. What started state machines \
            by an earlier deployment of the stack and is in the template no more is named, and \
            removed with --prune.

            A template is YAML or JSON, or the directory that `cdk synth` writes (cdk.out).

            EXAMPLES
              sfnctl deploy template.yaml --dry-run
              sfnctl deploy template.yaml --data-dir data --config-out functions.yaml
              sfnctl deploy cdk.out --endpoint http://127.0.0.1:8083 --parameter Stage=dev

            EXIT STATUS
              0 done · 1 the server refused something · 64 usage · 65 the template, or a
              definition, cannot be used · 69 no server · 73 the data directory is in use
            """
    )

    @Argument(help: "A template, or a directory that `cdk synth` has written.")
    var template: String

    @OptionGroup
    var place: APIOptions

    @Option(help: ArgumentHelp("A parameter's value; repeatable.", valueName: "NAME=VALUE"))
    var parameter: [String] = []

    @Option(help: ArgumentHelp("The stack's name; of a CDK's stacks, the one.", valueName: "NAME"))
    var stack: String?

    @Option(help: "The region in ARNs, as the server has it.")
    var region = "us-east-1"

    @Option(help: "The account in ARNs, as the server has it.")
    var accountID = "000000000000"

    @Option(
        help: ArgumentHelp("Writes a configuration file with the functions.", valueName: "FILE")
    )
    var configOut: String?

    @Flag(
        help: "Remove rules, schedules and routes that an earlier deployment of the stack has made."
    )
    var prune = false

    @Flag(help: "Show what would be done, and do nothing.")
    var dryRun = false

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        _ = try parameters()
    }

    func run() async throws {
        try await reporting {
            let stacks = try TemplateFiles.stacks(at: template, settings(), only: stack)
            let prepared = try PreparedPlan.prepare(stacks)
            var report = DeploymentReport(prepared)
            if dryRun {
                report.isDryRun = true
            } else {
                let target = try await target()
                let deployed: Result<[DeploymentReport.Row], any Error>
                do {
                    let deployment = Deployment(target: target, isPruning: prune)
                    deployed = .success(try await deployment.deploy(prepared))
                } catch {
                    deployed = .failure(error)
                }
                await target.end()
                report.rows = try deployed.get()
            }
            try writeConfiguration(prepared.flatMap(\.plan.functions))
            if json {
                Terminal.line(JSONWriter.string(report.json))
            } else {
                for line in report.lines(configuration: configOut) { Terminal.line(line) }
            }
            if report.hasFailures { throw ExitCode(1) }
        }
    }

    private func target() async throws -> any DeploymentTarget {
        switch try place.place() {
        case .server(let endpoint): EndpointTarget(endpoint: endpoint)
        case .directory(let path):
            try await DirectoryTarget(directory: path, region: region, account: accountID)
        }
    }

    private func settings() throws -> TemplateSettings {
        TemplateSettings(
            parameters: try parameters(),
            region: region,
            account: accountID,
            stackName: stack ?? DefinitionFile.name(of: template)
        )
    }

    private func parameters() throws -> [String: String] {
        var values: [String: String] = [:]
        for argument in parameter {
            guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
                throw ValidationError("--parameter '\(argument)' is not of the form NAME=VALUE")
            }
            values[String(argument[..<equals])] = String(argument[argument.index(after: equals)...])
        }
        return values
    }

    private func writeConfiguration(_ functions: [PlannedFunction]) throws {
        guard let configOut, !dryRun else { return }
        let text = FunctionConfiguration.text(functions, from: template)
        try OutputFile.write(Array(text.utf8), to: configOut)
    }
}
