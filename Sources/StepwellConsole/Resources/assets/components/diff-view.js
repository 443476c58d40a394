import { h } from "../core/dom.js";
import { plural } from "../core/format.js";
import { lineDiff } from "../core/diff.js";
import { coloured } from "./json-view.js";

const context = 3;

/** Two texts compared line by line; long stretches that are the same are folded. */
export function diffView(before, after) {
    const lines = lineDiff(before, after);
    const added = lines.filter((line) => line.kind === "added").length;
    const removed = lines.filter((line) => line.kind === "removed").length;
    if (!added && !removed) return h("p.muted", {}, "The two definitions are the same.");
    return h(
        "div",
        {},
        h(
            "p.diff-summary",
            {},
            h("span.plus", {}, `+ ${plural(added, "line")}`),
            h("span.minus", {}, `− ${plural(removed, "line")}`),
        ),
        h(
            "div.diff",
            { role: "table", "aria-label": "Differences" },
            stretches(lines).flatMap(stretchElements),
        ),
    );
}

/** Runs of lines to show, and runs to fold. */
function stretches(lines) {
    const shown = lines.map(() => false);
    lines.forEach((line, index) => {
        if (line.kind === "same") return;
        for (
            let near = Math.max(0, index - context);
            near <= Math.min(lines.length - 1, index + context);
            near += 1
        ) shown[near] = true;
    });
    const found = [];
    lines.forEach((line, index) => {
        if (found.at(-1)?.isShown !== shown[index]) {
            found.push({ isShown: shown[index], lines: [] });
        }
        found.at(-1).lines.push(line);
    });
    return found;
}

function stretchElements(stretch) {
    if (stretch.isShown) return stretch.lines.map(lineElement);
    const opener = h("button.diff-skip", {
        type: "button",
        onclick: () => opener.replaceWith(...stretch.lines.map(lineElement)),
    }, `… ${plural(stretch.lines.length, "line")} alike`);
    return [opener];
}

function lineElement({ kind, text, before, after }) {
    return h(
        "div.diff-line",
        { class: kind, role: "row" },
        h("span", { role: "cell" }, before ?? ""),
        h("span", { role: "cell" }, after ?? ""),
        h("span.sign", { role: "cell" }, { added: "+", removed: "−", same: "" }[kind]),
        h("span", { role: "cell" }, coloured(text)),
    );
}
