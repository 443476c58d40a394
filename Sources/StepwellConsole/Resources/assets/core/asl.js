/** The States Language as the editor and the pages know it; the server's validator is the judge. */

const common = ["Comment", "Type", "QueryLanguage"];
const paths = ["InputPath", "OutputPath"];
const results = ["Output", "Assign", "Arguments"];
const flow = ["Next", "End"];
const errors = ["Retry", "Catch"];

/** The fields of each type of state. */
export const stateFields = {
    Pass: [...common, ...paths, ...flow, "Parameters", "Result", "ResultPath", "Output", "Assign"],
    Task: [
        ...common,
        ...paths,
        ...flow,
        ...errors,
        ...results,
        "Resource",
        "Parameters",
        "ResultSelector",
        "ResultPath",
        "TimeoutSeconds",
        "TimeoutSecondsPath",
        "HeartbeatSeconds",
        "HeartbeatSecondsPath",
        "Credentials",
    ],
    Choice: [...common, ...paths, "Choices", "Default", "Output", "Assign"],
    Wait: [
        ...common,
        ...paths,
        ...flow,
        "Seconds",
        "SecondsPath",
        "Timestamp",
        "TimestampPath",
        "Output",
        "Assign",
    ],
    Succeed: [...common, ...paths, "Output"],
    Fail: [...common, "Error", "ErrorPath", "Cause", "CausePath"],
    Parallel: [
        ...common,
        ...paths,
        ...flow,
        ...errors,
        ...results,
        "Branches",
        "Parameters",
        "ResultSelector",
        "ResultPath",
    ],
    Map: [
        ...common,
        ...paths,
        ...flow,
        ...errors,
        "Output",
        "Assign",
        "Items",
        "ItemProcessor",
        "ItemsPath",
        "ItemSelector",
        "ItemReader",
        "ItemBatcher",
        "ResultWriter",
        "ResultSelector",
        "ResultPath",
        "MaxConcurrency",
        "MaxConcurrencyPath",
        "ToleratedFailureCount",
        "ToleratedFailurePercentage",
        "Label",
    ],
};

export const machineFields = [
    "Comment",
    "QueryLanguage",
    "StartAt",
    "States",
    "TimeoutSeconds",
    "Version",
];
export const retryFields = [
    "ErrorEquals",
    "IntervalSeconds",
    "MaxAttempts",
    "BackoffRate",
    "MaxDelaySeconds",
    "JitterStrategy",
];
export const catchFields = ["ErrorEquals", "Next", "ResultPath", "Output", "Assign"];
export const choiceFields = [
    "Next",
    "Condition",
    "Variable",
    "And",
    "Or",
    "Not",
    "IsPresent",
    "IsNull",
    "IsString",
    "IsNumeric",
    "IsBoolean",
    "IsTimestamp",
    "StringEquals",
    "StringMatches",
    "StringLessThan",
    "StringGreaterThan",
    "NumericEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "BooleanEquals",
    "TimestampEquals",
    "TimestampLessThan",
    "TimestampGreaterThan",
    "Output",
    "Assign",
];
export const errorNames = [
    "States.ALL",
    "States.Timeout",
    "States.TaskFailed",
    "States.HeartbeatTimeout",
    "States.Permissions",
    "States.ReferencePathConflict",
    "States.ResultPathMatchFailure",
    "States.ParameterPathFailure",
    "States.BranchFailed",
    "States.NoChoiceMatched",
    "States.IntrinsicFailure",
    "States.ExceedToleratedFailureThreshold",
    "States.ItemReaderFailed",
    "States.ResultWriterFailed",
    "States.QueryEvaluationError",
    "States.DataLimitExceeded",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
];
export const resources = [
    "lambda:invoke",
    "lambda:invoke.waitForTaskToken",
    "states:startExecution",
    "states:startExecution.sync:2",
    "states:startExecution.waitForTaskToken",
    "sqs:sendMessage",
    "sqs:sendMessage.waitForTaskToken",
    "sns:publish",
    "dynamodb:getItem",
    "dynamodb:putItem",
    "dynamodb:updateItem",
    "dynamodb:deleteItem",
    "events:putEvents",
    "batch:submitJob.sync",
    "ecs:runTask.sync",
    "glue:startJobRun.sync",
    "http:invoke",
    "aws-sdk:s3:getObject",
    "aws-sdk:s3:putObject",
].map((name) => `arn:aws:states:::${name}`);

/**
 * Every state of a definition, in the order of the text: `{ name, state, depth, owner, machine }`,
 * with the name of the state around it and the machine that holds it.
 */
export function statesOf(definition, depth = 0, owner = null) {
    const found = [];
    for (const [name, state] of Object.entries(definition?.States ?? {})) {
        found.push({ name, state, depth, owner, machine: definition });
        for (const inner of processorsOf(state)) found.push(...statesOf(inner, depth + 1, name));
    }
    return found;
}

/** The machines inside a state: a Parallel's branches, a Map's processor. */
export function processorsOf(state) {
    return [...(state.Branches ?? []), state.ItemProcessor, state.Iterator].filter(Boolean);
}

/** A definition that is parsed, or null. */
export function parsedDefinition(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}

/** What a new machine begins with. */
export const firstDefinition = `{
  "Comment": "What this workflow does",
  "QueryLanguage": "JSONata",
  "StartAt": "Greet",
  "States": {
    "Greet": {
      "Type": "Pass",
      "Output": { "greeting": "{% 'Hello, ' & $states.input.name %}" },
      "Next": "Wait a moment"
    },
    "Wait a moment": {
      "Type": "Wait",
      "Seconds": 5,
      "Next": "Done"
    },
    "Done": { "Type": "Succeed" }
  }
}
`;
