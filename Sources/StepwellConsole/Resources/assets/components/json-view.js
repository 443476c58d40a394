import { h } from "../core/dom.js";
import { bytes } from "../core/format.js";
import { lineTokens, reformatted } from "../core/json-text.js";
import { VirtualList } from "./virtual-list.js";
import { copyButton, download, iconButton } from "./buttons.js";

const shownCharacters = 4000;

/**
 * A JSON text, coloured, with line numbers and parts that fold.
 * `label`: what it is; `open`: how many lines are shown at most before it scrolls.
 */
export function jsonView(text, { label = "JSON", maximumLines = 20 } = {}) {
    if (text === null || text === undefined) return h("p.muted", {}, "None");
    const source = typeof text === "string" ? text : JSON.stringify(text);
    const lines = reformatted(source).split("\n");
    const folded = new Set();
    const lineHeight = matchMedia("(pointer: coarse)").matches ? 24 : 20;
    let visible = lines.map((_, index) => index);
    const list = new VirtualList({
        rowHeight: lineHeight,
        label,
        class: "json-lines",
        render: (row) => lineElement(visible[row]),
    });
    const size = Math.min(lines.length, maximumLines) * lineHeight + 14;
    list.element.style.setProperty("height", `${size}px`);
    list.element.style.setProperty("line-height", `${lineHeight}px`);

    function lineElement(index) {
        const end = foldEnd(lines, index);
        return h(
            "div.json-line",
            {},
            h("span.gutter", { "aria-hidden": "true" }, index + 1),
            end ? foldButton(index) : h("span.fold", {}),
            h(
                "span",
                {},
                coloured(lines[index]),
                folded.has(index) &&
                    h("span.folded", {}, ` … ${end - index - 1} lines … `, lines[end].trim()),
            ),
        );
    }

    function foldButton(index) {
        const isFolded = folded.has(index);
        return h("button.fold", {
            type: "button",
            "aria-expanded": String(!isFolded),
            "aria-label": `Fold line ${index + 1}`,
            onclick: () => {
                if (isFolded) folded.delete(index);
                else folded.add(index);
                show();
            },
        }, isFolded ? "▸" : "▾");
    }

    function show() {
        visible = [];
        for (let index = 0; index < lines.length; index += 1) {
            visible.push(index);
            if (folded.has(index)) index = foldEnd(lines, index);
        }
        list.setCount(visible.length);
    }
    show();
    return h(
        "div.json",
        {},
        h(
            "header",
            {},
            h("span.label", {}, label),
            h("span.size", {}, bytes(new Blob([source]).size)),
            copyButton(source, `Copy ${label.toLowerCase()}`),
            iconButton(
                `Download ${label.toLowerCase()}`,
                "download",
                () => download(`${label.toLowerCase()}.json`, source),
            ),
        ),
        list.element,
    );
}

/** A line's tokens as elements. */
export function coloured(line) {
    const shown = line.length > shownCharacters ? line.slice(0, shownCharacters) : line;
    const tokens = lineTokens(shown).map((
        { kind, text },
    ) => (kind === "plain" ? text : h("span", { class: kind }, text)));
    if (shown !== line) {
        tokens.push(h("span.folded", {}, ` … ${line.length - shownCharacters} characters more`));
    }
    return tokens;
}

/** The line that closes what a line opens, or 0. */
function foldEnd(lines, index) {
    const line = lines[index];
    if (!/[{[]$/.test(line)) return 0;
    const indent = line.length - line.trimStart().length;
    for (let end = index + 1; end < lines.length; end += 1) {
        if (lines[end].length - lines[end].trimStart().length === indent) return end;
    }
    return 0;
}

/** A short JSON text on one line, for tables. */
export function jsonLine(text, length = 120) {
    if (text === null || text === undefined) return h("span.muted", {}, "–");
    const short = text.length > length ? `${text.slice(0, length)}…` : text;
    return h("code", { title: text.slice(0, 2000) }, short);
}
