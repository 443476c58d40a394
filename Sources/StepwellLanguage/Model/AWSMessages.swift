/// AWS's message templates for definitions and for the evaluation of their fields, with their
/// arguments: what clients and recorded executions show, word for word.
///
/// The reasons inside evaluation messages are Jayway's (`JSONPathError`) and the intrinsic
/// functions' own.
enum AWSMessages {
    // MARK: Definitions (`InvalidDefinition`, `ValidateStateMachineDefinition`)

    static let notAnObject = "Definition must be a valid JSON object"
    static let emptyValue = "Value cannot be empty"
    static let timestampFormat = "String does not match RFC3339 timestamp"
    static let noTerminalState = "Workflow has no terminal state"
    static let allAlone = "States.ALL must appear alone and at end of list"
    static let notAReferencePath = "Value is not a Reference Path"
    static let jsonPathInJSONata =
        "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"
    static let noDollar =
        "No .$ on a field that appears to be a JSONPath or Intrinsic Function."
    static let passResultIsStatic = "Attempt to use a path in the result of a pass state."

    static func invalidDefinition(_ problems: [String]) -> String {
        "Invalid State Machine Definition: '\(problems.joined(separator: ", "))'"
    }

    static func requiredFields(_ names: [String]) -> String {
        "These fields are required: \(list(names))"
    }

    /// Of fields of which there has to be one, there is none or are several.
    static func exactlyOne(of names: [String]) -> String {
        "This object should have only one of the following fields: \(list(names))"
    }

    /// Of fields of which there may be one, there are several.
    static func oneAtMost(of names: [String]) -> String {
        "There should only be one of the following fields: \(list(names))"
    }

    private static func list(_ names: [String]) -> String {
        "[\(names.joined(separator: ", "))]"
    }

    static func expectedType(_ name: String) -> String {
        "Expected value of type \(name)"
    }

    static func minimum(_ bound: String) -> String {
        "Minimum value is \(bound)"
    }

    static func maximum(_ bound: String) -> String {
        "Maximum value is \(bound)"
    }

    static func oneOf(_ values: [String]) -> String {
        "Value should be one of the following: \(list(values))"
    }

    static func unknownType(_ types: [String]) -> String {
        "The field 'Type' should have one of these values: \(list(types))"
    }

    static func otherLanguage(_ field: String, in language: QueryLanguage) -> String {
        "The QueryLanguage is set to '\(language.rawValue)', but field '\(field)' is only "
            + "supported for the '\(language.other.rawValue)' QueryLanguage"
    }

    static func definedInParent(_ variable: String) -> String {
        "The variable name '\(variable)' was already defined in a parent scope."
    }

    static func topLevelReference(_ name: String) -> String {
        "Reference to '\(name)' at the top level is not supported."
    }

    static func noSuchField(_ name: String) -> String {
        "Field '\(name)' does not exist."
    }

    static func requiredField(_ name: String) -> String {
        "The field '\(name)' is required but was missing"
    }

    static func missingField(_ name: String) -> String {
        "The field '\(name)' is required"
    }

    static func unsupportedField(_ name: String) -> String {
        "Field '\(name)' is not supported"
    }

    static func invalidPath(field: String) -> String {
        "The value for the field '\(field)' must be a valid JSONPath"
    }

    static func invalidExpression(field: String) -> String {
        "The value for the field '\(field)' must be a valid JSONPath or a valid intrinsic "
            + "function call"
    }

    static func unknownResource(_ resource: String) -> String {
        "The resource provided \(resource) is not recognized. The value is not a valid resource "
            + "ARN, or the resource is not available in this region."
    }

    /// The space at the end is AWS's.
    static func expressPattern(_ pattern: String) -> String {
        "Express state machine does not support '.\(pattern)' service integration "
    }

    static func expressActivity(_ arn: String) -> String {
        "Express state machine does not support activity ARN '\(arn)'"
    }

    static func missingTarget(_ name: String) -> String {
        "Missing 'Next' target: \(name)"
    }

    static func unreachableState(_ name: String) -> String {
        "State \"\(name)\" is not reachable."
    }

    static func duplicateState(_ name: String) -> String {
        "Duplicate State name: \(name)"
    }

    // MARK: Evaluation

    static func pathNotFound(_ path: String, field: String, input: String) -> String {
        "The JSONPath '\(path)' specified for the field '\(field)' could not be found in the input "
            + "'\(input)'"
    }

    static func conditionPath(_ path: String) -> String {
        "Invalid path '\(path)': The choice state's condition path references an invalid value."
    }
}
