/** What the events of a history say. */

import { failureLine } from "./cause.js";

/** The details of an event: the one member whose name ends so. */
export function detailsOf(event) {
    const name = Object.keys(event).find((each) => each.endsWith("EventDetails"));
    return name ? event[name] : {};
}

/** The tone of an event's type: what it means for the execution. */
export function eventTone(type) {
    if (/Failed$|TimedOut$|FailedToStart|FailedTo/.test(type)) return "failed";
    if (/Aborted$/.test(type)) return "aborted";
    if (/Succeeded$|Exited$/.test(type)) return "succeeded";
    if (/Retried|Redriven$/.test(type)) return "caught";
    if (/Entered$|Started$|Scheduled$|Submitted$/.test(type)) return "running";
    return "idle";
}

/** A few words on an event: its error, its resource, its index. */
export function eventNote(event) {
    const details = detailsOf(event);
    if (details.error) return failureLine(details.error, details.cause);
    if (details.resource) return [details.resourceType, details.resource].filter(Boolean).join(":");
    if (details.index !== undefined) return `iteration ${details.index}`;
    if (details.length !== undefined) return `${details.length} items`;
    return details.timeoutInSeconds ? `times out after ${details.timeoutInSeconds} s` : "";
}

const states = ["Task", "Pass", "Choice", "Wait", "Parallel", "Map", "Succeed"];

/** The types that events have, by what they tell of. */
export const eventTypes = {
    Execution: ["Started", "Succeeded", "Failed", "Aborted", "TimedOut", "Redriven"]
        .map((each) => `Execution${each}`),
    States: [
        ...states.flatMap((each) => [`${each}StateEntered`, `${each}StateExited`]),
        "FailStateEntered",
        "WaitStateAborted",
        "EvaluationFailed",
    ],
    Tasks: [
        ...["Scheduled", "Started", "StartFailed", "Submitted", "SubmitFailed"],
        ...["Succeeded", "Failed", "TimedOut", "StateAborted"],
    ].map((each) => `Task${each}`),
    Lambda: ["Scheduled", "ScheduleFailed", "Started", "StartFailed", "Succeeded", "Failed"]
        .concat("TimedOut").map((each) => `LambdaFunction${each}`),
    Activities: ["Scheduled", "ScheduleFailed", "Started", "Succeeded", "Failed", "TimedOut"]
        .map((each) => `Activity${each}`),
    Parallel: ["Started", "Succeeded", "Failed", "Aborted"].map((each) => `ParallelState${each}`),
    Map: [
        ...["Started", "Succeeded", "Failed", "Aborted"].flatMap((each) => [
            `MapState${each}`,
            `MapIteration${each}`,
        ]),
        ...["Started", "Succeeded", "Failed", "Aborted", "Redriven"].map((each) => `MapRun${each}`),
    ],
};
