import { fill, h } from "../core/dom.js";
import { call, get, isAbort } from "../core/api.js";
import { links } from "../core/links.js";
import { navigate } from "../core/router.js";
import { keepInput, preferences } from "../core/preferences.js";
import { relative, words } from "../core/format.js";
import { reformatted } from "../core/json-text.js";
import { button } from "./buttons.js";
import { CodeEditor } from "./code-editor.js";
import { Dialog, field } from "./dialog.js";
import { jsonView } from "./json-view.js";
import { notice } from "./notice.js";
import { toast } from "./toast.js";

/**
 * Starts an execution. `machine`: `{ stateMachineArn, name, type }`; `target`: the version or alias
 * to start in its place; `input`: what the editor begins with.
 */
export function startDialog({ machine, target = machine.stateMachineArn, input }) {
    const isExpress = machine.type === "EXPRESS";
    const begun = input ?? preferences.get(`input.${machine.stateMachineArn}`) ?? "{}";
    const editor = new CodeEditor({
        label: "Input",
        value: reformatted(begun),
        onChange: check,
        submit: () => start(),
    });
    const name = h("input", {
        type: "text",
        placeholder: "Made up by the server",
        maxlength: 80,
        autocomplete: "off",
    });
    const wait = h("input", { type: "checkbox", checked: isExpress });
    const answer = h("div", {});
    const startButton = button("Start execution", {
        icon: "play",
        variant: "primary",
        onclick: () => start(),
    });

    function check() {
        startButton.disabled = !editor.judgeJSON();
    }

    function start() {
        if (startButton.disabled) return null;
        keepInput(`input.${machine.stateMachineArn}`, editor.value);
        const request = {
            stateMachineArn: target,
            input: editor.value,
            ...(name.value && { name: name.value }),
        };
        if (isExpress && wait.checked) return sync(request);
        return dialog.attempt(startButton, async () => {
            const { executionArn } = await call("StartExecution", request);
            toast("The execution is started.", "success");
            if (!isExpress) navigate(links.execution(executionArn));
        });
    }

    async function sync(request) {
        dialog.fail(null);
        fill(answer, notice("Running…"));
        try {
            const result = await call("StartSyncExecution", request);
            const text = result.output ??
                JSON.stringify({ error: result.error, cause: result.cause });
            fill(
                answer,
                notice(
                    words(result.status),
                    result.status === "SUCCEEDED" ? "succeeded" : "failed",
                ),
                jsonView(text, { label: result.output ? "Output" : "Error" }),
            );
        } catch (error) {
            fill(answer);
            dialog.fail(error);
        }
    }

    const dialog = new Dialog(`Start ${machine.name ?? "an execution"}`, {
        build: () => [
            !isExpress &&
            h(
                "div.templates",
                {},
                templates(machine, (text) => editor.replaceAll(reformatted(text))),
            ),
            h("div.field", {}, h("span.label", {}, "Input"), editor.element),
            field(
                "Name",
                name,
                isExpress
                    ? null
                    : "Unique for this state machine; the server makes one up when it is empty.",
            ),
            isExpress && h("label.choice", {}, wait, "Wait for the output"),
            answer,
        ],
        actions: (self) => [button("Cancel", { onclick: () => self.close() }), startButton],
    });
    check();
    editor.area.focus();
    return dialog;
}

/** The inputs of earlier executions, to begin with. */
function templates(machine, choose) {
    const select = h("select", {
        "aria-label": "Input of an earlier execution",
        onchange: async () => {
            if (!select.value) return;
            try {
                const { input } = await call("DescribeExecution", { executionArn: select.value });
                choose(input ?? "{}");
            } catch (error) {
                toast(error.message, "error");
            }
            select.value = "";
        },
    }, h("option", { value: "" }, "Use the input of an earlier execution…"));
    get("executions", { stateMachineArn: machine.stateMachineArn, limit: 20 }).then(
        ({ executions }) => {
            select.append(...executions.map((each) =>
                h(
                    "option",
                    { value: each.executionArn },
                    `${each.name} · ${words(each.status)} · ${relative(each.startDate)}`,
                )
            ));
            select.hidden = executions.length === 0;
        },
    ).catch((error) => isAbort(error) || (select.hidden = true));
    return select;
}
