import { fill, h } from "../core/dom.js";
import { call } from "../core/api.js";
import { plural } from "../core/format.js";
import { button, whileBusy } from "./buttons.js";
import { Dialog } from "./dialog.js";
import { stopFields } from "./execution-actions.js";

const atOnce = 6;

/**
 * What can be done with the executions that are selected in a table; `readAll()` reads the rows
 * that are not shown yet, or is null when there are none.
 */
export function bulkBar(table, onDone, readAll) {
    const element = h("div.bulk", {
        hidden: true,
        role: "region",
        "aria-label": "Selected executions",
    });
    function show() {
        const rows = table.selectedRows;
        element.hidden = rows.length === 0;
        const running = rows.filter((row) => row.status === "RUNNING");
        const redrivable = rows.filter((row) =>
            ["FAILED", "TIMED_OUT", "ABORTED"].includes(row.status)
        );
        fill(
            element,
            h("strong", {}, `${plural(rows.length, "execution")} selected`),
            button(`Stop ${running.length || ""}`.trim(), {
                icon: "stop",
                variant: "danger",
                disabled: running.length === 0,
                onclick: () => stopAll(running, onDone),
            }),
            button(`Redrive ${redrivable.length || ""}`.trim(), {
                icon: "retry",
                disabled: redrivable.length === 0,
                onclick: () => redriveAll(redrivable, onDone),
            }),
            rows.length === table.rows.length && readAll() && button("Select all that fit", {
                onclick: (event) => whileBusy(event.currentTarget, readAll()),
            }),
            button("Clear", { variant: "quiet", onclick: () => table.selectAll(false) }),
        );
    }
    return { element, show };
}

function stopAll(rows, onDone) {
    const fields = stopFields();
    many(
        `Stop ${plural(rows.length, "execution")}?`,
        "Stop",
        rows,
        onDone,
        fields.elements,
        (row) => call("StopExecution", { executionArn: row.executionArn, ...fields.values() }),
    );
}

function redriveAll(rows, onDone) {
    many(`Redrive ${plural(rows.length, "execution")}?`, "Redrive", rows, onDone, [
        h("p", {}, "Each continues from the point of failure, with the same input and definition."),
    ], (row) => call("RedriveExecution", { executionArn: row.executionArn }));
}

/** Does something with many executions, a few at a time, and lists those that refused. */
function many(title, label, rows, onDone, content, action) {
    const bar = h("progress", {
        max: rows.length,
        value: 0,
        hidden: true,
        "aria-label": "Progress",
    });
    const refused = h("ul.refused", {});
    let done = 0;
    const run = async (dialog, starter) => {
        starter.disabled = true;
        bar.hidden = false;
        const waiting = [...rows];
        const next = async () => {
            for (let row = waiting.shift(); row && !dialog.scope.ended; row = waiting.shift()) {
                try {
                    await action(row);
                } catch (error) {
                    refused.append(h("li", {}, h("strong", {}, row.name), ` ${error.message}`));
                }
                done += 1;
                bar.value = done;
            }
        };
        await Promise.all(Array.from({ length: atOnce }, next));
        onDone();
        if (!refused.children.length) dialog.close();
        else starter.hidden = true;
    };
    return new Dialog(title, {
        size: "small",
        build: () => [content, bar, refused],
        actions: (dialog) => [
            button("Close", { onclick: () => dialog.close() }),
            button(label, {
                variant: "danger",
                onclick: (event) => run(dialog, event.currentTarget),
            }),
        ],
    });
}
