import StepwellEngine
import StepwellIntegrations
import StepwellTriggers

/// The rules of a configuration file, as the event bus has them.
enum TriggersFile {
    /// Says everything that is wrong with the rules of a file.
    ///
    /// - Throws: `SettingsProblems`.
    static func check(_ file: TriggersSettings) throws(SettingsProblems) {
        // Neither region nor account make a difference to whether a rule can be.
        _ = try rules(
            of: file,
            in: TriggerSettings(region: "us-east-1", account: "000000000000")
        )
    }

    /// The rules of a file.
    ///
    /// - Throws: `SettingsProblems` with everything that is wrong with them.
    static func rules(
        of file: TriggersSettings,
        in settings: TriggerSettings
    ) throws(SettingsProblems) -> [EventBusService.DefinedRule] {
        var problems: [SettingsProblem] = []
        let buses = file.eventBuses.map(\.name) + [EventBus.defaultName]
        let rules = file.rules.map { written in
            let defined = rule(written, settings)
            do throws(ServiceError) {
                try EventBusService.check(defined)
            } catch {
                var problem = written.place
                problem.message = "rule '\(written.name)': \(error.message)"
                problems.append(problem)
            }
            if let bus = written.eventBus, !buses.contains(bus) {
                var problem = written.place
                problem.message =
                    "rule '\(written.name)': 'eventBuses' has no bus '\(bus)'"
                    + NearName.suggestion(bus, in: buses)
                problems.append(problem)
            }
            return defined
        }
        guard problems.isEmpty else { throw SettingsProblems(problems) }
        return rules
    }

    private static func rule(
        _ written: RuleSettings,
        _ settings: TriggerSettings
    ) -> EventBusService.DefinedRule {
        var rule = Rule(bus: written.eventBus ?? EventBus.defaultName, name: written.name)
        rule.pattern = written.pattern
        rule.schedule = written.schedule
        rule.isEnabled = written.isEnabled
        rule.description = written.description
        let targets = written.targets.map { target($0, settings) }
        return EventBusService.DefinedRule(rule, targets: targets)
    }

    private static func target(
        _ written: RuleTargetSettings,
        _ settings: TriggerSettings
    ) -> RuleTarget {
        let machine = written.stateMachine.map { name in
            Partition.arn(
                "states",
                region: settings.region,
                account: settings.account,
                "stateMachine:\(name)"
            )
        }
        var target = RuleTarget(id: written.id, arn: written.arn ?? machine ?? "")
        target.roleARN = written.roleARN
        target.deadLetterARN = written.deadLetterARN
        target.retryPolicy = RetryPolicy(
            maximumRetryAttempts: written.maximumRetryAttempts,
            maximumEventAgeInSeconds: written.maximumEventAgeSeconds
        )
        if let input = written.input {
            target.input = .constant(input)
        } else if let path = written.inputPath {
            target.input = .path(path)
        } else if let template = written.inputTemplate {
            target.input = .template(
                InputTemplate(
                    text: template,
                    paths: written.inputPaths.map { .init(name: $0.name, path: $0.path) }
                )
            )
        }
        return target
    }
}
