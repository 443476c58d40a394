import { h } from "../core/dom.js";
import { all, call } from "../core/api.js";
import { confirmation, field } from "./dialog.js";
import { download } from "./buttons.js";
import { toast } from "./toast.js";

/** The fields that say why an execution is stopped. */
export function stopFields() {
    const error = h("input", { type: "text", maxlength: 256, placeholder: "Optional" });
    const cause = h("input", { type: "text", maxlength: 32_768, placeholder: "Optional" });
    return {
        elements: [field("Error", error), field("Cause", cause)],
        values: () => ({
            ...(error.value && { error: error.value }),
            ...(cause.value && { cause: cause.value }),
        }),
    };
}

/** Asks, and stops an execution. */
export function stopExecution(arn, onDone) {
    const fields = stopFields();
    return confirmation(
        "Stop this execution?",
        "What runs in it is given up; it can be redriven later.",
        {
            label: "Stop",
            fields: fields.elements,
            action: async () => {
                await call("StopExecution", { executionArn: arn, ...fields.values() });
                toast("The execution is stopped.", "success");
                onDone();
            },
        },
    );
}

/** Asks, and redrives an execution. */
export function redriveExecution(arn, onDone) {
    return confirmation(
        "Redrive this execution?",
        "It continues from the point of failure, with the same input and definition.",
        {
            label: "Redrive",
            variant: "primary",
            action: async () => {
                await call("RedriveExecution", { executionArn: arn });
                toast("The execution is redriven.", "success");
                onDone();
            },
        },
    );
}

/** Saves an execution with its whole history as one JSON file. */
export async function exportExecution(arn, name) {
    try {
        toast("Reading the history…");
        const [execution, machine, events] = await Promise.all([
            call("DescribeExecution", { executionArn: arn }),
            call("DescribeStateMachineForExecution", { executionArn: arn }),
            all("GetExecutionHistory", { executionArn: arn, maxResults: 1000 }, "events", {
                limit: 1_000_000,
            }),
        ]);
        download(
            `${name}.json`,
            JSON.stringify({ execution, stateMachine: machine, events }, null, 2),
        );
    } catch (error) {
        toast(error.message, "error");
    }
}
