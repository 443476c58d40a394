import StepwellJSONPath

/// The rule tables of the States language: which object has which fields, of what kind.
///
/// What a table cannot say (targets, names, order of retriers) is in `DefinitionValidator`.
enum DefinitionRules {
    private static let seconds = FieldKind.integer(1...LanguageLimits.seconds)
    private static let count = FieldKind.integer(0...Int64.max)

    /// The top level.
    static let machine = [
        FieldRule("States", .object, required: true),
        FieldRule("StartAt", .name, required: true),
        FieldRule("Comment", .text),
        FieldRule("Version", .text),
        FieldRule("TimeoutSeconds", seconds),
        FieldRule("QueryLanguage", .oneOf(["JSONPath", "JSONata"])),
    ]

    /// A branch of a Parallel state, whose states have the language of the machine.
    static let branch = [
        FieldRule("States", .object, required: true),
        FieldRule("StartAt", .name, required: true),
        FieldRule("Comment", .text),
    ]

    /// `ItemProcessor` or `Iterator` of a Map state.
    static let processor = branch + [FieldRule("ProcessorConfig", .object)]

    /// `ProcessorConfig`.
    static let processorConfig = [
        FieldRule("Mode", .oneOf(["INLINE", "DISTRIBUTED"])),
        FieldRule("ExecutionType", .oneOf(["STANDARD", "EXPRESS"])),
    ]

    /// Every field that a state may have.
    static let state: [StateFieldRule] = [
        StateFieldRule("Type", .any, .all),
        StateFieldRule("Comment", .text, .all),
        StateFieldRule("QueryLanguage", .oneOf(["JSONPath", "JSONata"]), .all),
        StateFieldRule("Next", .name, .transiting),
        StateFieldRule("End", .flag, .transiting),
        StateFieldRule("Assign", .assign, [.transiting, .choice], .jsonPath),
        StateFieldRule("Assign", .expressionAssign, [.transiting, .choice], .jsonata),
        // Data flow.
        StateFieldRule("InputPath", .path(nullable: true), .all.subtracting(.fail), .jsonPath),
        StateFieldRule("OutputPath", .path(nullable: true), .all.subtracting(.fail), .jsonPath),
        StateFieldRule("Parameters", .payload, [.pass, .working], .jsonPath),
        StateFieldRule("ResultSelector", .template, .working, .jsonPath),
        StateFieldRule("ResultPath", .referencePath, [.pass, .working], .jsonPath),
        StateFieldRule("Arguments", .expressions, [.task, .parallel], .jsonata),
        StateFieldRule("Output", .expressions, .all.subtracting(.fail), .jsonata),
        // Errors.
        StateFieldRule("Retry", .array, .working),
        StateFieldRule("Catch", .array, .working),
        // Pass.
        StateFieldRule("Result", .any, .pass, .jsonPath),
        // Task.
        StateFieldRule("Resource", .name, .task, required: true),
        StateFieldRule("TimeoutSeconds", seconds, .task, .jsonPath),
        StateFieldRule("TimeoutSeconds", .orExpression(seconds), .task, .jsonata),
        StateFieldRule("TimeoutSecondsPath", .path(nullable: false), .task, .jsonPath),
        StateFieldRule("HeartbeatSeconds", seconds, .task, .jsonPath),
        StateFieldRule("HeartbeatSeconds", .orExpression(seconds), .task, .jsonata),
        StateFieldRule("HeartbeatSecondsPath", .path(nullable: false), .task, .jsonPath),
        StateFieldRule("Credentials", .template, .task, .jsonPath),
        StateFieldRule("Credentials", .orExpression(.object), .task, .jsonata),
        // Choice.
        StateFieldRule("Choices", .array, .choice, required: true),
        StateFieldRule("Default", .name, .choice),
        // Wait.
        StateFieldRule("Seconds", .integer(0...LanguageLimits.seconds), .wait, .jsonPath),
        StateFieldRule(
            "Seconds",
            .orExpression(.integer(0...LanguageLimits.seconds)),
            .wait,
            .jsonata
        ),
        StateFieldRule("SecondsPath", .path(nullable: false), .wait, .jsonPath),
        StateFieldRule("Timestamp", .timestamp, .wait, .jsonPath),
        StateFieldRule("Timestamp", .orExpression(.timestamp), .wait, .jsonata),
        StateFieldRule("TimestampPath", .path(nullable: false), .wait, .jsonPath),
        // Fail.
        StateFieldRule("Error", .text, .fail, .jsonPath),
        StateFieldRule("Error", .orExpression(.text), .fail, .jsonata),
        StateFieldRule("ErrorPath", .expression, .fail, .jsonPath),
        StateFieldRule("Cause", .text, .fail, .jsonPath),
        StateFieldRule("Cause", .orExpression(.text), .fail, .jsonata),
        StateFieldRule("CausePath", .expression, .fail, .jsonPath),
        // Parallel.
        StateFieldRule("Branches", .array, .parallel, required: true),
        // Map.
        StateFieldRule("ItemProcessor", .object, .map),
        StateFieldRule("Iterator", .object, .map),
        StateFieldRule("ItemsPath", .path(nullable: false), .map, .jsonPath),
        StateFieldRule("Items", .orExpression(.collection), .map, .jsonata),
        StateFieldRule("ItemSelector", .payload, .map, .jsonPath),
        StateFieldRule("ItemSelector", .expressions, .map, .jsonata),
        StateFieldRule("MaxConcurrency", count, .map, .jsonPath),
        StateFieldRule("MaxConcurrency", .orExpression(count), .map, .jsonata),
        StateFieldRule("MaxConcurrencyPath", .numberPath, .map, .jsonPath),
        StateFieldRule("Label", .name, .map),
        StateFieldRule("ItemReader", .object, .map),
        StateFieldRule("ItemBatcher", .object, .map),
        StateFieldRule("ResultWriter", .object, .map),
        StateFieldRule("ToleratedFailureCount", count, .map, .jsonPath),
        StateFieldRule("ToleratedFailureCount", .orExpression(count), .map, .jsonata),
        StateFieldRule("ToleratedFailureCountPath", .numberPath, .map, .jsonPath),
        StateFieldRule("ToleratedFailurePercentage", .number(0...100), .map, .jsonPath),
        StateFieldRule(
            "ToleratedFailurePercentage",
            .orExpression(.number(0...100)),
            .map,
            .jsonata
        ),
        StateFieldRule("ToleratedFailurePercentagePath", .numberPath, .map, .jsonPath),
    ]

    /// Fields of a state of which there may be one, or has to be.
    static let exclusive: [ExclusiveFields] = [
        ExclusiveFields(["Next", "End"], .transiting, required: true),
        ExclusiveFields(["TimeoutSeconds", "TimeoutSecondsPath"], .task, .jsonPath),
        ExclusiveFields(["HeartbeatSeconds", "HeartbeatSecondsPath"], .task, .jsonPath),
        // Of one list for both languages, as far as recorded: that JSONata has no paths is said of
        // each.
        ExclusiveFields(
            ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
            .wait,
            required: true
        ),
        ExclusiveFields(["Error", "ErrorPath"], .fail, .jsonPath),
        ExclusiveFields(["Cause", "CausePath"], .fail, .jsonPath),
        ExclusiveFields(["ItemProcessor", "Iterator"], .map, required: true),
        ExclusiveFields(["ItemSelector", "Parameters"], .map, .jsonPath),
        ExclusiveFields(["MaxConcurrency", "MaxConcurrencyPath"], .map, .jsonPath),
        ExclusiveFields(["ToleratedFailureCount", "ToleratedFailureCountPath"], .map, .jsonPath),
        ExclusiveFields(
            ["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
            .map,
            .jsonPath
        ),
    ]

    /// The Map fields that only distributed mode has.
    static let distributedFields = ["ItemReader", "ItemBatcher", "ResultWriter", "Label"]

    /// The Map fields that inline mode takes (as recorded) but that have no effect there.
    static let toleranceFields = [
        "ToleratedFailureCount", "ToleratedFailureCountPath", "ToleratedFailurePercentage",
        "ToleratedFailurePercentagePath",
    ]

    /// An element of `Retry`.
    static let retrier = [
        FieldRule("ErrorEquals", .array, required: true),
        FieldRule("IntervalSeconds", seconds),
        FieldRule("MaxAttempts", .integer(0...LanguageLimits.maxAttempts)),
        FieldRule("BackoffRate", .number(1...Double.greatestFiniteMagnitude)),
        FieldRule("MaxDelaySeconds", .integer(1...LanguageLimits.maxDelaySeconds)),
        FieldRule("JitterStrategy", .oneOf(["FULL", "NONE"])),
        FieldRule("Comment", .text),
    ]

    /// An element of `Catch`.
    static func catcher(_ language: QueryLanguage) -> [FieldRule] {
        let both = [
            FieldRule("ErrorEquals", .array, required: true),
            FieldRule("Next", .name, required: true),
            FieldRule("Comment", .text),
        ]
        return switch language {
        case .jsonPath:
            both + [FieldRule("ResultPath", .referencePath), FieldRule("Assign", .assign)]
        case .jsonata:
            both + [FieldRule("Output", .expressions), FieldRule("Assign", .expressionAssign)]
        }
    }

    /// An element of `Choices`, or a condition inside one.
    static func choiceRule(_ language: QueryLanguage, isNested: Bool) -> [FieldRule] {
        var rules = [FieldRule("Comment", .text)]
        if !isNested {
            rules.append(FieldRule("Next", .name, required: true))
        }
        switch language {
        case .jsonPath:
            if !isNested {
                rules.append(FieldRule("Assign", .assign))
            }
            return rules + conditions
        case .jsonata:
            rules.append(FieldRule("Condition", .orExpression(.flag), required: true))
            return rules + [
                FieldRule("Assign", .expressionAssign), FieldRule("Output", .expressions),
            ]
        }
    }

    /// Every comparison, in the order in which AWS lists them (recorded).
    static let comparisons: [String] = {
        let all = ComparisonOperator.allCases
        let withPaths = all.filter(\.hasPathForm).map(\.rawValue)
        let others = all.filter { !$0.hasPathForm }.map(\.rawValue)
        return JavaHash.sorted(withPaths + withPaths.map { $0 + "Path" } + others)
    }()

    /// `Variable`, the operators and their combinations.
    private static let conditions: [FieldRule] = {
        var rules = [
            FieldRule("Variable", .path(nullable: false)),
            FieldRule("And", .array),
            FieldRule("Or", .array),
            FieldRule("Not", .object),
        ]
        for comparison in ComparisonOperator.allCases {
            rules.append(FieldRule(comparison.rawValue, comparison.operandKind))
            if comparison.hasPathForm {
                rules.append(FieldRule(comparison.rawValue + "Path", .path(nullable: false)))
            }
        }
        return rules
    }()
}

extension ComparisonOperator {
    /// What the literal operand has to be.
    fileprivate var operandKind: FieldKind {
        switch family {
        case .string, .pattern: .text
        case .number: .number(-Double.infinity...Double.infinity)
        case .timestamp: .timestamp
        case .boolean, .test: .flag
        }
    }
}
