import { h } from "../core/dom.js";
import { call } from "../core/api.js";
import { button } from "./buttons.js";
import { Dialog, field } from "./dialog.js";
import { jsonField } from "./form.js";
import { toast } from "./toast.js";

/** Buttons that answer a waiting task by its token; `onDone()` runs when it was answered. */
export function tokenActions(taskToken, onDone = () => {}) {
    return h(
        "span.actions",
        {},
        button("Succeed", {
            icon: "check",
            variant: "small",
            onclick: () => succeed(taskToken, onDone),
        }),
        button("Fail", { icon: "close", variant: "small", onclick: () => fail(taskToken, onDone) }),
    );
}

function succeed(taskToken, onDone) {
    const output = jsonField("Output", { value: "{}", lines: 8 });
    answerDialog(
        "Answer the task",
        "Succeed",
        "primary",
        [output.element],
        () => call("SendTaskSuccess", { taskToken, output: output.value }),
        onDone,
    );
}

function fail(taskToken, onDone) {
    const error = h("input", { type: "text", maxlength: 256, value: "Rejected" });
    const cause = h("input", { type: "text", maxlength: 32_768, placeholder: "Optional" });
    answerDialog(
        "Fail the task",
        "Fail",
        "danger",
        [field("Error", error), field("Cause", cause)],
        () =>
            call("SendTaskFailure", {
                taskToken,
                error: error.value,
                ...(cause.value && { cause: cause.value }),
            }),
        onDone,
    );
}

function answerDialog(title, label, variant, fields, action, onDone) {
    return new Dialog(title, {
        build: () => fields,
        actions: (dialog) => [
            button("Cancel", { onclick: () => dialog.close() }),
            button(label, {
                variant,
                onclick: (event) =>
                    dialog.attempt(event.currentTarget, async () => {
                        await action();
                        toast("The task is answered.", "success");
                        onDone();
                    }),
            }),
        ],
    });
}
