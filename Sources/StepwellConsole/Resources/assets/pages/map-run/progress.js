import { h } from "../../core/dom.js";
import { count } from "../../core/format.js";
import { statusKind } from "../../components/status.js";

/** What the counts of a Map Run are of, in the order in which a bar shows them. */
const parts = [
    ["succeeded", "succeeded", "SUCCEEDED"],
    ["failed", "failed", "FAILED"],
    ["timedOut", "timed out", "TIMED_OUT"],
    ["aborted", "aborted", "ABORTED"],
    ["running", "running", "RUNNING"],
    ["pending", "pending", ""],
];

/** How many have ended, as a bar in the colours of how they ended, and in words. */
export function progressBar(counts, label) {
    const total = counts.total || 0;
    const ended = counts.succeeded + counts.failed + counts.timedOut + counts.aborted;
    const shown = parts.filter(([member]) => counts[member] > 0);
    const text = `${count(ended)} of ${count(total)}`;
    return h(
        "div.run-progress",
        {},
        h(
            "div.run-bar",
            {
                role: "progressbar",
                "aria-label": label,
                "aria-valuemin": 0,
                "aria-valuemax": total,
                "aria-valuenow": ended,
                "aria-valuetext": [text, ...shown.map(inWords(counts))].join(", "),
            },
            shown.map(([member, , status]) =>
                h("span", {
                    class: status ? statusKind(status) : "pending",
                    style: { "flex-grow": String(counts[member]) },
                })
            ),
        ),
        h("span.number", {}, text),
    );
}

function inWords(counts) {
    return ([member, words]) => `${count(counts[member])} ${words}`;
}

/** The counts as numbers with their names; `onChoose(status)` hears when one is chosen. */
export function countsList(counts, onChoose) {
    return h(
        "ul.run-counts",
        {},
        parts.map(([member, words, status]) => {
            const content = [
                h("span.dot", { class: status ? statusKind(status) : "idle" }),
                h("strong.number", {}, count(counts[member])),
                h("span", {}, words),
            ];
            const isOpen = onChoose && status && counts[member] > 0;
            return h(
                "li",
                {},
                h(
                    isOpen ? "button.plain" : "span",
                    isOpen ? { type: "button", onclick: () => onChoose(status) } : {},
                    content,
                ),
            );
        }),
    );
}
